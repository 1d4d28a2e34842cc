// One phone of the model: the app's own keeping and syncing in a worker, which can be killed at any instant, behind
// a network that fails as networks do.
import { apiFor } from "/static/inspector/api.js";
import * as kept from "/static/inspector/db.js";
import { sha256 } from "/static/inspector/photos.js";
import { syncAll } from "/static/inspector/sync.js";

let db;
let api;
let me;
let visit;
let network = () => "fine";

// What may happen to a request: "fine"; "down", it never leaves; "lost", it never arrives; "deaf", it arrives and
// the answer does not; "cut", the answer arrives in half; "sick", the server is not well.
async function fetcher(path, options) {
  const fate = path.endsWith("/cua-toi") || path.endsWith("/goi") ? network("read") : network("write");
  if (fate === "down" || fate === "lost") throw new TypeError("no network");
  if (fate === "sick") return new Response("<h1>502</h1>", { status: 502 });
  const answer = await fetch(path, options);
  if (fate === "deaf") throw new TypeError("the answer was lost");
  if (fate === "cut") return new Response((await answer.text()).slice(0, -5), { status: answer.status });
  return answer;
}

const commands = {
  async open(named) {
    db?.close();
    ({ person: me, visit } = named);
    db = kept.openDb(named.name);
    const whole = apiFor(me, fetcher);
    const mine = async () => ({ visits: (await whole.mine()).visits.filter(({ id }) => id === visit) });
    api = { ...whole, mine }; // a sequence looks at its own visit; the sample has hundreds
    await db.open();
  },

  // Both phones opened the visit while there was a network.
  open_visit: ({ pack }) => kept.keepPack(db, me, pack, "0"),

  // Answer an item, and tell what was on the screen at that moment. The note names the answer for good.
  async answer({ item, value, token, shade }) {
    const { row, answers } = await kept.visitState(db, me, visit);
    const before = answers[item];
    const contested = row.pack.conflicts.filter((one) => one.item === item).flatMap((one) => one.answers);
    const saw = before ? [before.note] : contested.map((told) => told.note);
    const given = { item, value, note: token, action: "", not_applicable: false, photos: [] };
    const answer = { ...given, answered_at: new Date().toISOString(), base_version: row.version };
    if (shade) {
      const bytes = picture(shade);
      const photo = { sha256: await sha256(bytes), type: "image/png", bytes };
      await kept.keepPhoto(db, me, visit, photo, { ...answer, photos: [photo.sha256] });
    } else {
      await kept.keepAnswer(db, me, visit, answer);
    }
    return { saw };
  },

  async sync({ fates }) {
    const left = [...fates];
    network = () => left.shift() || "fine";
    try {
      await syncAll(db, api, me);
      return { done: true };
    } catch (error) {
      return { done: false, why: error.constructor.name };
    }
  },

  async left() {
    const photos = await db.photos.where({ sent: 0 }).count();
    const rows = await db.visits.toArray();
    return { events: await db.outbox.count(), photos, refused: rows.map((row) => row.refused).filter(Boolean) };
  },
};

// A PNG of one pixel, another for every shade: the server looks at chunks, not at colours.
function picture(shade) {
  const header = [137, 80, 78, 71, 13, 10, 26, 10];
  const chunk = (kind, data) => [0, 0, 0, data.length, ...[...kind].map((c) => c.charCodeAt(0)), ...data, 0, 0, 0, 0];
  const bytes = [...header, ...chunk("IDAT", [shade & 255, (shade >> 8) & 255, (shade >> 16) & 255]), ...chunk("IEND", [])];
  return new Uint8Array(bytes).buffer;
}

onmessage = async ({ data: { number, command, ...rest } }) => {
  try {
    postMessage({ number, said: await commands[command](rest) });
  } catch (error) {
    postMessage({ number, failed: `${error.name}: ${error.message}` });
  }
};
postMessage({ number: 0 });
