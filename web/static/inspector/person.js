// Whose phone this is at the moment: known without network, forgotten when somebody signs out.
const PERSON = "dondoc.kiem-tra.nguoi";
const LEAVING = "dondoc.kiem-tra.dang-xuat";

export function person() {
  return JSON.parse(localStorage.getItem(PERSON) || "null");
}

export function remember(found) {
  localStorage.setItem(PERSON, JSON.stringify(found));
}

// What this person recorded stays under their name, unseen, until they sign in again.
export function forget() {
  localStorage.removeItem(PERSON);
}

// Sign out now on this phone, and on the server as soon as it is reached. False: it was not reached yet.
export async function signOut() {
  forget();
  localStorage.setItem(LEAVING, "1");
  return finishSigningOut();
}

export async function finishSigningOut() {
  if (!localStorage.getItem(LEAVING)) return true;
  try {
    await fetch("/dang-xuat", { method: "POST", redirect: "manual" });
  } catch {
    return false;
  }
  localStorage.removeItem(LEAVING);
  return true;
}
