// From the outbox to the server and back: photos first, then batches in order, then the pack as it stands there.
// It may stop anywhere: what was not acknowledged goes again under its own name, and the server counts it once.
import { Away, Refused } from "./api.js";
import { acknowledge, deviceId, keepList, keepPack, takeBatch } from "./db.js";

// Throws Away or SignIn. A visit or photo that the server refuses is marked with its reason; the rest goes on.
export async function syncAll(db, api, person) {
  // One tab at a time: a pack must not be fetched before and kept after another tab's answers.
  return navigator.locks.request(`dondoc-kiem-tra-${person}`, async () => {
    for (const visit of await db.visits.where({ person }).toArray()) {
      if (!visit.refused) await sendVisit(db, api, person, visit.id);
    }
    const { visits } = await api.mine();
    for (const { id, stamp } of visits) {
      const known = await db.visits.get([person, id]);
      if (known?.stamp !== stamp) await keepPack(db, person, await api.pack(id), stamp);
    }
    await keepList(db, person, visits.map((visit) => visit.id));
  });
}

async function sendVisit(db, api, person, visit) {
  try {
    await sendPhotos(db, api, person, visit);
    for (let taken = await takeBatch(db, person, visit); taken; taken = await takeBatch(db, person, visit)) {
      const receipt = await api.send(visit, asBatch(taken, await deviceId(db)));
      if (!(await acknowledge(db, person, visit, taken, receipt))) throw new Away(); // not at once again
      await sendPhotos(db, api, person, visit); // those the server misses after all
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await db.visits.update([person, visit], { refused: error.message });
  }
}

async function sendPhotos(db, api, person, visit) {
  const waiting = await db.photos.where({ person, visit }).filter((p) => !p.sent && !p.refused).primaryKeys();
  for (const key of waiting) {
    const [photo, kept] = await Promise.all([db.photos.get(key), db.bytes.get(key)]);
    if (!photo || !kept) continue; // taken back meanwhile
    try {
      await api.putPhoto({ ...photo, bytes: kept.bytes }); // one at a time; the server compares the hash
      await db.photos.update(key, { sent: 1 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await db.photos.update(key, { refused: error.message });
    }
  }
}

function asBatch(taken, device) {
  const bodies = (kind) => taken.filter((e) => e.kind === kind).map((e) => e.body);
  const finish = bodies("finish").at(-1);
  return {
    client_id: taken[0].batch,
    device,
    base_version: taken[0].base,
    answers: bodies("answer"),
    signatures: bodies("signature"),
    finished: Boolean(finish),
    finished_at: finish?.at ?? null,
    place: finish?.place ?? "",
  };
}
