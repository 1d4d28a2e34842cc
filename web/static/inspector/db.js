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
    photos: "[person+visit+sha256], [person+visit], sent", // which there are; `sent` once acknowledged
    bytes: "[person+visit+sha256]", // and what is in them, apart: a list of photos is read often
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
// `base_version` is the visit's version that was on the screen: by it the server tells an answer that overrules
// another phone's from one given in ignorance of it. Until a pack shows what the server made of an answer, those
// that replace it have seen no more than it had.
export async function keepAnswer(db, person, visit, answer) {
  await db.transaction("rw", db.visits, db.answers, db.outbox, async () => {
    const row = await db.visits.get([person, visit]);
    const before = await db.answers.get([person, visit, answer.item]);
    const seen = Math.min(answer.base_version, before?.base_version ?? Infinity);
    const body = { ...answer, seq: row.seq + 1, base_version: seen };
    await db.visits.update([person, visit], { seq: body.seq });
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
  await db.transaction("rw", db.visits, db.answers, db.outbox, db.photos, db.bytes, async () => {
    await putPhoto(db, person, visit, photo);
    await keepAnswer(db, person, visit, answer);
  });
}

// A photo that was taken amiss. Where it has not left the phone and nothing else names it, it never will.
export async function dropPhoto(db, person, visit, sha256, answer) {
  await db.transaction("rw", db.visits, db.answers, db.outbox, db.photos, db.bytes, async () => {
    await keepAnswer(db, person, visit, answer);
    const of = { person, visit };
    const named = (body) => body.sha256 === sha256 || body.photos?.includes(sha256);
    const waiting = await db.outbox.where(of).filter((e) => named(e.body)).count();
    const shown = await db.answers.where(of).filter(named).count();
    const photo = await db.photos.get([person, visit, sha256]);
    if (waiting || shown || !photo || photo.sent) return;
    await db.photos.delete([person, visit, sha256]);
    await db.bytes.delete([person, visit, sha256]);
  });
}

export async function keepSignature(db, person, visit, signature, photo) {
  await db.transaction("rw", db.visits, db.outbox, db.photos, db.bytes, async () => {
    if (photo) await putPhoto(db, person, visit, photo);
    const row = await db.visits.get([person, visit]);
    const others = row.signed.filter((s) => s.side !== signature.side);
    await db.visits.update([person, visit], { signed: [...others, signature] });
    await db.outbox.add({ person, visit, kind: "signature", body: signature, batch: "" });
  });
}

export async function keepFinish(db, person, visit, finish) {
  await db.transaction("rw", db.visits, db.outbox, async () => {
    await db.visits.update([person, visit], { finish, reopened: false });
    await db.outbox.add({ person, visit, kind: "finish", body: finish, batch: "" });
  });
}

// The pack as the server has it now. Answers that wait in the outbox stay as this person gave them; a pack that
// was overtaken on the way is left aside.
export async function keepPack(db, person, pack, stamp) {
  const { id: visit, version } = pack.visit;
  await db.transaction("rw", db.visits, db.answers, db.outbox, async () => {
    const row = (await db.visits.get([person, visit])) || { person, id: visit, seq: 0, version: 0, signed: [] };
    if (version < row.version) return;
    await db.visits.put({ ...row, pack, version, stamp, listed: true });
    const waiting = await db.outbox.where({ person, visit }).filter((e) => e.kind === "answer").toArray();
    const own = new Set(waiting.map((e) => e.body.item));
    await db.answers.where({ person, visit }).filter((a) => !own.has(a.item)).delete();
    const theirs = pack.answers.filter((a) => !own.has(a.item));
    await db.answers.bulkPut(theirs.map((a) => ({ ...a, person, visit })));
  });
}

// Which visits are this person's now. Of one that no longer is, the pictures the server has go; the row stays, for
// its `seq` must never begin anew on this phone.
export async function keepList(db, person, ids) {
  await db.transaction("rw", db.visits, db.photos, db.bytes, async () => {
    await db.visits.where({ person }).modify((row) => {
      row.listed = ids.includes(row.id);
    });
    const gone = await db.photos.where({ sent: 1 }).filter((p) => p.person === person && !ids.includes(p.visit));
    await db.bytes.bulkDelete(await gone.primaryKeys());
  });
}

// The next batch to send: one that was sent before and never acknowledged goes again under its own name.
export async function takeBatch(db, person, visit) {
  return db.transaction("rw", db.visits, db.outbox, async () => {
    const waiting = await db.outbox.where({ person, visit }).filter((e) => !e.refused).sortBy("n");
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

// What the receipt accepts leaves the outbox. What it refuses stays with the reason, until answered anew. The
// version seen does not change here: what others wrote meanwhile is seen when the pack is fetched. False: the
// receipt knows nothing of this batch.
export async function acknowledge(db, person, visit, taken, receipt) {
  return db.transaction("rw", db.outbox, db.photos, async () => {
    const accepted = new Set(receipt.accepted);
    const why = new Map(receipt.refused.map((r) => [r.seq, r.why]));
    const done = (e) => e.kind !== "answer" || accepted.has(e.body.seq);
    const left = (e) => ({ ...e, batch: "", refused: why.get(e.body.seq) || "" });
    await db.outbox.bulkDelete(taken.filter(done).map((e) => e.n));
    await db.outbox.bulkPut(taken.filter((e) => !done(e)).map(left));
    for (const sha256 of receipt.missing_photos) await db.photos.update([person, visit, sha256], { sent: 0 });
    return taken.some((e) => done(e) || why.has(e.body.seq));
  });
}

// A person asked to send once more what the server refused.
export async function tryAgain(db, person, visit) {
  await db.transaction("rw", db.visits, db.photos, async () => {
    await db.visits.update([person, visit], { refused: "" });
    await db.photos.where({ person, visit }).modify({ refused: "" });
  });
}

// Bytes the server has are given up to make room; what it has not is never touched.
export async function makeRoom(db) {
  return db.transaction("rw", db.photos, db.bytes, async () => {
    const sent = await db.photos.where({ sent: 1 }).primaryKeys();
    await db.bytes.bulkDelete(sent);
  });
}

// Everything of one visit that a screen shows, photos without their bytes.
export async function visitState(db, person, visit) {
  const of = { person, visit };
  return db.transaction("r", db.visits, db.answers, db.outbox, db.photos, async () => {
    const [row, answers, waiting, photos] = await Promise.all([
      db.visits.get([person, visit]),
      db.answers.where(of).toArray(),
      db.outbox.where(of).toArray(),
      db.photos.where(of).toArray(),
    ]);
    return { row, answers: Object.fromEntries(answers.map((a) => [a.item, a])), waiting, photos };
  });
}

async function putPhoto(db, person, visit, { sha256, type, bytes }) {
  const key = { person, visit, sha256 };
  await db.bytes.put({ ...key, bytes });
  if (!(await db.photos.get([person, visit, sha256]))) await db.photos.put({ ...key, type, sent: 0 });
}
