// From the outbox to the server: photos first, then batches in order, then the pack as it stands there. It may
// stop anywhere: what was not acknowledged goes again under the same name, and the server counts it once.
import { Refused } from "./api.js";
import { acknowledge, deviceId, keepPack, takeBatch } from "./db.js";

// Throws Away or SignIn; a visit or photo the server refuses is marked with its reason and the rest goes on.
export async function syncAll(db, api, person, now = () => new Date()) {
  // One tab at a time. Two would do no harm, only send everything twice.
  return navigator.locks.request(`dondoc-kiem-tra-${person}`, async () => {
    for (const visit of await db.visits.where({ person }).toArray()) {
      if (!visit.refused) await syncVisit(db, api, person, visit.id, now);
    }
  });
}

async function syncVisit(db, api, person, visit, now) {
  try {
    let sent = await sendPhotos(db, api, person, visit);
    for (let taken = await takeBatch(db, person, visit); taken; taken = await takeBatch(db, person, visit)) {
      const receipt = await api.send(visit, asBatch(taken, await deviceId(db)));
      await acknowledge(db, person, visit, taken, receipt);
      await sendPhotos(db, api, person, visit); // those the server misses after all
      sent = true;
    }
    if (sent) await keepPack(db, person, await api.pack(visit), now().toISOString());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await db.visits.update([person, visit], { refused: error.message });
  }
}

async function sendPhotos(db, api, person, visit) {
  const waiting = await db.photos.where({ person, visit }).filter((p) => !p.sent && !p.refused).primaryKeys();
  for (const key of waiting) {
    const photo = await db.photos.get(key); // one at a time: a phone's memory is small
    try {
      const kept = await api.putPhoto(photo);
      if (kept.sha256 === photo.sha256) await db.photos.update(key, { sent: 1 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await db.photos.update(key, { refused: error.message });
    }
  }
  return waiting.length > 0;
}

function asBatch(taken, device) {
  const bodies = (kind) => taken.filter((e) => e.kind === kind).map((e) => e.body);
  const [finish] = bodies("finish");
  return {
    client_id: taken[0].batch,
    device,
    base_version: taken[0].base,
    answers: bodies("answer"),
    signatures: bodies("signature"),
    finished: Boolean(finish),
    place: finish?.place ?? null,
  };
}
