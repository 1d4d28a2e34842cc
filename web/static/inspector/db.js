// What the phone keeps. Everything is written here first; only a receipt from the server takes anything out of
// the outbox. Every row names its person: two people may share a phone, and neither sees the other's rows.
import Dexie from "/static/vendor/dexie.min.mjs";

const BATCH = 50;

export function openDb(name = "dondoc-kiem-tra") {
  // "strict": a phone that dies in a pocket has kept what it said it kept.
  const db = new Dexie(name, { chromeTransactionDurability: "strict" });
  db.version(1).stores({
    visits: "[person+id], person", // the pack as last fetched, `seq` of this device, what was said about it
    answers: "[person+visit+item], [person+visit]", // the present answer to each item, for the screen
    outbox: "++n, [person+visit], person", // what the server has not acknowledged, in the order it was done
    photos: "[person+sha256], [person+visit], person", // bytes under their hash; `sent` once acknowledged
    settings: "name",
  });
  return db;
}

// This phone, for the server to tell two phones of one person apart. Not the person, not the model.
export async function deviceId(db) {
  return db.transaction("rw", db.settings, async () => {
    const known = await db.settings.get("device");
    if (known) return known.value;
    const value = crypto.randomUUID();
    await db.settings.put({ name: "device", value });
    return value;
  });
}

// An answer and its place in the outbox: both or neither. One that waits unsent for the same item is replaced.
export async function keepAnswer(db, person, visit, answer) {
  await db.transaction("rw", db.visits, db.answers, db.outbox, async () => {
    const seq = await nextSeq(db, person, visit);
    const body = { ...answer, seq };
    await db.answers.put({ ...body, person, visit });
    await db.outbox
      .where({ person, visit })
      .filter((e) => !e.batch && e.kind === "answer" && e.body.item === answer.item)
      .delete();
    await db.outbox.add({ person, visit, kind: "answer", body, batch: "" });
  });
}

// A photo's bytes together with the answer that refers to them.
export async function keepPhoto(db, person, visit, photo, answer) {
  await db.transaction("rw", db.visits, db.answers, db.outbox, db.photos, async () => {
    await putPhoto(db, person, visit, photo);
    await keepAnswer(db, person, visit, answer);
  });
}

export async function keepSignature(db, person, visit, signature, photo) {
  await db.transaction("rw", db.visits, db.outbox, db.photos, async () => {
    if (photo) await putPhoto(db, person, visit, photo);
    const row = await db.visits.get([person, visit]);
    const signatures = (row.signatures || []).filter((s) => s.side !== signature.side);
    await db.visits.update([person, visit], { signatures: [...signatures, signature] });
    await db.outbox
      .where({ person, visit })
      .filter((e) => !e.batch && e.kind === "signature" && e.body.side === signature.side)
      .delete();
    await db.outbox.add({ person, visit, kind: "signature", body: signature, batch: "" });
  });
}

export async function keepFinish(db, person, visit, finish) {
  await db.transaction("rw", db.visits, db.outbox, async () => {
    await db.visits.update([person, visit], { finish });
    await db.outbox.add({ person, visit, kind: "finish", body: finish, batch: "" });
  });
}

// Take the finish back while it has not left the phone. False: it is on its way, the server decides.
export async function unfinish(db, person, visit) {
  return db.transaction("rw", db.visits, db.outbox, async () => {
    const waiting = await db.outbox.where({ person, visit }).filter((e) => e.kind === "finish").toArray();
    if (!waiting.length || waiting.some((e) => e.batch)) return false;
    await db.outbox.bulkDelete(waiting.map((e) => e.n));
    await db.visits.update([person, visit], { finish: null });
    return true;
  });
}

// The pack as the server has it now. Answers that wait in the outbox stay as this person gave them.
export async function keepPack(db, person, pack, at) {
  await db.transaction("rw", db.visits, db.answers, db.outbox, async () => {
    const visit = pack.visit.id;
    const row = (await db.visits.get([person, visit])) || { person, id: visit, seq: 0, signatures: [], finish: null };
    await db.visits.put({ ...row, pack, version: pack.version, fetchedAt: at });
    const waiting = await db.outbox.where({ person, visit }).filter((e) => e.kind === "answer").toArray();
    const own = new Set(waiting.map((e) => e.body.item));
    const fresh = pack.answers.filter((a) => !own.has(a.item));
    await db.answers.bulkPut(fresh.map((a) => ({ ...a, person, visit })));
  });
}

// The next batch to send: one that was sent before and never acknowledged goes again under its own name.
export async function takeBatch(db, person, visit) {
  return db.transaction("rw", db.visits, db.outbox, async () => {
    const waiting = await db.outbox.where({ person, visit }).sortBy("n");
    if (!waiting.length) return null;
    const named = waiting.find((e) => e.batch);
    if (named) return waiting.filter((e) => e.batch === named.batch);
    const row = await db.visits.get([person, visit]);
    const name = { batch: crypto.randomUUID(), base: row.version };
    const taken = waiting.slice(0, BATCH).map((e) => ({ ...e, ...name }));
    await db.outbox.bulkPut(taken);
    return taken;
  });
}

// What the receipt names leaves the outbox; what it does not name stays and goes again in another batch.
export async function acknowledge(db, person, visit, taken, receipt) {
  await db.transaction("rw", db.visits, db.outbox, db.photos, async () => {
    const known = new Set([...receipt.accepted, ...receipt.conflicts.map((c) => c.item)]);
    const done = taken.filter((e) => e.kind !== "answer" || known.has(e.body.item));
    await db.outbox.bulkDelete(done.map((e) => e.n));
    await db.outbox.bulkPut(taken.filter((e) => !done.includes(e)).map((e) => ({ ...e, batch: "" })));
    for (const sha256 of receipt.missing_photos) {
      await db.photos.where({ person, sha256 }).modify({ sent: 0 });
    }
    await db.visits.update([person, visit], { version: receipt.version, refused: "" });
  });
}

// Bytes the server has are given up to make room, oldest visits alike; what it has not is never touched.
export async function makeRoom(db) {
  return db.photos.filter((p) => p.sent === 1).delete();
}

export async function waitingFor(db, person, visit) {
  const events = await db.outbox.where({ person, visit }).toArray();
  const photos = await db.photos.where({ person, visit }).filter((p) => !p.sent).toArray();
  return { events, photos };
}

async function putPhoto(db, person, visit, photo) {
  const known = await db.photos.get([person, photo.sha256]);
  if (!known) await db.photos.put({ ...photo, person, visit, sent: 0 });
}

async function nextSeq(db, person, visit) {
  const row = await db.visits.get([person, visit]);
  await db.visits.update([person, visit], { seq: row.seq + 1 });
  return row.seq + 1;
}
