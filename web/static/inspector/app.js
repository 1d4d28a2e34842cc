// The inspector's phone: who it is, which screen, and the line that says what is safe where.
import { liveQuery } from "/static/vendor/dexie.min.mjs";
import { SignIn, apiFor } from "./api.js";
import * as kept from "./db.js";
import { button, h } from "./dom.js";
import { keepSyncing } from "./keep_syncing.js";
import { listScreen } from "./list.js";
import { finishSigningOut, person, remember, signOut } from "./person.js";
import { shrink, thumbnail } from "./photos.js";
import { syncAll } from "./sync.js";
import { visitScreen } from "./visit.js";
import { whereAmI } from "./place.js";
import { _ } from "./words.js";

const main = document.getElementById("noi-dung");
const line = h("p", { class: "kt-line", role: "status" }, "");
const alarm = h("p", { class: "dd-alarm", role: "alert", hidden: true });
const SOON_ENOUGH = 2_500; // milliseconds to wait for a bad network before opening without it
const visitId = Number(location.pathname.match(/^\/kiem-tra\/(\d+)$/)?.[1] || 0);

async function start() {
  const root = h("div", { class: "kt-root" });
  if (!(await finishSigningOut())) return says(root, signedOut(_("Bạn đã đăng xuất trên máy này.")));
  let me;
  try {
    me = await whoIsThere();
  } catch (error) {
    me = person(); // no network, or a session that ended: whoever did not sign out is still there
    if (!me && error instanceof SignIn) return location.assign(signInPath());
    if (!me) return says(root, signedOut(_("Chưa có mạng. Lần đầu trên máy này cần có mạng để đăng nhập.")));
  }
  main.replaceChildren(line, alarm, root);
  who(me);
  await run(me, root);
}

// The server is asked before anything is shown: somebody else may have signed in on this phone.
async function whoIsThere() {
  const { person: found } = await apiFor(null).mine(SOON_ENOUGH);
  remember(found);
  return found;
}

async function run(me, root) {
  const db = kept.openDb();
  navigator.storage?.persist?.(); // ask that the phone never clears it by itself
  const api = apiFor(me.id);
  let state = "working";
  const tell = (next, error) => {
    state = next;
    if (error && next === "failed") report(error);
    say();
  };
  const loop = keepSyncing(() => syncAll(db, api, me.id), tell);
  let latest = [];
  const say = () => status(state, latest, loop, db, me);
  const screen = visitId ? oneVisit(db, me, root, loop) : (states) => listScreen(root, states);
  liveQuery(async () => {
    const rows = await db.visits.where({ person: me.id }).primaryKeys();
    return Promise.all(rows.map(([, id]) => kept.visitState(db, me.id, id)));
  }).subscribe((states) => {
    latest = states;
    screen(states);
    say();
  }, report);
  loop.now();
}

function oneVisit(db, me, root, loop) {
  let update = null;
  let seen = 0; // the version on the screen
  const on = {
    answer: (item, given) => keeping(() => kept.keepAnswer(db, me.id, visitId, answerOf(item, given)), item),
    async shrink(item, file) {
      let photo = null;
      await keeping(async () => (photo = await shrink(file)), item);
      return photo;
    },
    addPhoto: (item, photo, given) =>
      keeping(() => kept.keepPhoto(db, me.id, visitId, photo, answerOf(item, given)), item),
    dropPhoto: (item, sha256, given) =>
      keeping(() => kept.dropPhoto(db, me.id, visitId, sha256, answerOf(item, given)), item),
    async thumbnail(sha256, label) {
      const found = await db.bytes.get([me.id, visitId, sha256]);
      const photo = await db.photos.get([me.id, visitId, sha256]);
      if (found) return thumbnail({ ...photo, ...found }, label);
      return h("span", { class: "kt-elsewhere" }, _("{label} (đã gửi)", { label }));
    },
    sign: (side, name, photo) =>
      keeping(() => {
        const signature = { side, name, sha256: photo?.sha256 || "", signed_at: new Date().toISOString() };
        return kept.keepSignature(db, me.id, visitId, signature, photo);
      }, _("chữ ký")),
    reopen: () => db.visits.update([me.id, visitId], { reopened: true, finish: null, signed: [] }),
    async finish(withPlace) {
      const place = withPlace ? await whereAmI() : "";
      await keeping(() => kept.keepFinish(db, me.id, visitId, { at: new Date().toISOString(), place }), _("kết thúc"));
    },
  };

  function answerOf(item, given) {
    return { item, ...given, answered_at: new Date().toISOString(), base_version: seen };
  }

  // Whether it is on the disk; if not, a person is told.
  async function keeping(work, what) {
    try {
      await work().catch(async (error) => {
        if (!isFull(error)) throw error;
        await kept.makeRoom(db);
        await work();
      });
      alarm.hidden = true;
      loop.soon();
      return true;
    } catch (error) {
      const full = _("Máy đã đầy: {what} CHƯA được lưu. Hãy xóa bớt ảnh, video trên máy rồi nhập lại.", { what });
      warn(isFull(error) ? full : error.message);
      return false;
    }
  }

  return (states) => {
    const found = states.find((state) => state.row.id === visitId);
    if (!found) {
      const nothing = _("Cuộc kiểm tra này chưa có trên máy, hoặc không phải của bạn.");
      return update || root.replaceChildren(h("p", { class: "dd-empty" }, nothing));
    }
    seen = found.row.version;
    update ??= visitScreen(root, found.row.pack, on);
    return update(found);
  };
}

const isFull = (error) => [error, error?.inner].some((one) => one?.name === "QuotaExceededError");

// What is where: the one thing a person on a bad network must be able to trust.
function status(state, states, loop, db, me) {
  const waiting = states.flatMap((one) => one.waiting).length;
  const photos = states.flatMap((one) => one.photos).filter((photo) => !photo.sent).length;
  const held = [waiting && _("{n} mục", { n: waiting }), photos && _("{n} ảnh", { n: photos })].filter(Boolean).join(", ");
  const keptHere = _("Đã giữ trên máy: {held}.", { held });
  const refused = states.filter((one) => one.row.refused);
  const words = {
    working: held ? _("Đang gửi {held}…", { held }) : _("Đang đồng bộ…"),
    away: held ? _("Mất mạng. Đã giữ trên máy: {held}; sẽ tự gửi khi có mạng.", { held }) : _("Mất mạng. Mọi thứ đã gửi xong."),
    "sign-in": held ? `${keptHere} ` : _("Phiên đăng nhập đã hết. "),
    done: held ? keptHere : _("Mọi thứ đã gửi xong."),
    failed: `${_("Có lỗi trên máy này.")} ${held ? keptHere : ""}`,
  };
  line.dataset.state = held && state === "done" ? "away" : state;
  line.replaceChildren(words[state]);
  if (state === "sign-in") line.append(h("a", { class: "govuk-link", href: signInPath() }, _("Đăng nhập để gửi")));
  for (const one of refused) {
    const why = `${one.row.pack.visit.unit}: ${one.row.refused} `;
    line.append(h("span", { class: "kt-refused" }, why), retry(one, loop, db, me));
  }
}

function retry(one, loop, db, me) {
  const again = async () => {
    await kept.tryAgain(db, me.id, one.row.id);
    loop.now();
  };
  return h("button", { type: "button", class: "dd-plain", onclick: again }, _("Gửi lại"));
}

function who(me) {
  const leave = async () => {
    await signOut();
    location.assign("/kiem-tra");
  };
  const row = document.querySelector(".dd-top__row");
  row.querySelector(".dd-top__who")?.remove();
  row.querySelector(".dd-top__name").href = "/kiem-tra"; // the rest of the site is not on the phone
  const out = h("button", { type: "button", class: "dd-plain", onclick: leave }, _("Đăng xuất"));
  row.append(h("div", { class: "dd-top__who" }, h("span", {}, me.name), out));
}

function signedOut(text) {
  return [
    h("h1", { class: "govuk-heading-l dd-title" }, _("Kiểm tra")),
    h("p", { class: "govuk-body" }, text),
    h("p", { class: "govuk-body" }, _("Những gì đã ghi trên máy vẫn còn nguyên và sẽ gửi sau khi đăng nhập lại.")),
    button(_("Đăng nhập"), () => location.assign(signInPath())),
  ];
}

function says(root, parts) {
  root.replaceChildren(...parts);
  main.replaceChildren(root);
}

function signInPath() {
  return `/dang-nhap?next=${encodeURIComponent(location.pathname)}`;
}

function warn(text) {
  alarm.textContent = text;
  alarm.hidden = false;
  alarm.scrollIntoView({ block: "nearest" });
}

function report(error) {
  console.error(error);
  warn(isFull(error) ? _("Máy đã đầy: hãy xóa bớt ảnh, video. Những gì đã ghi vẫn còn.") : _("Lỗi: {what}", { what: error.message }));
}

// A newer app, or the same in another language, has taken over: shown at once, unless somebody is already writing.
function followTheLatest() {
  if (!navigator.serviceWorker?.controller) return;
  let untouched = true;
  addEventListener("input", () => (untouched = false), { once: true });
  navigator.serviceWorker.addEventListener("controllerchange", () => untouched && location.reload(), { once: true });
}

addEventListener("storage", (event) => event.key === "dondoc.kiem-tra.nguoi" && location.reload());

if (window.isSecureContext && "indexedDB" in window && "locks" in navigator) {
  followTheLatest();
  navigator.serviceWorker?.register("/kiem-tra/tho.js", { scope: "/kiem-tra" });
  start();
}
