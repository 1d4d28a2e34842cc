// Random lives of two phones of one person over one visit: answers, photos, syncing on a bad network, sudden death.
// The same seed lives the same life, but for the instant of a death. What was kept is reported; Python compares.

const ITEMS = ["A09", "A10"];
const FATES = ["fine", "fine", "fine", "lost", "deaf", "cut", "sick", "down"];

function chance(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Device {
  // A phone with nothing on it yet; the worker itself may have served another life before.
  async begin(about) {
    this.about = about;
    if (this.worker) await this.ask("open", about);
    else await this.start();
  }

  async start() {
    this.worker = new Worker("/phones/device.js", { type: "module" });
    this.waiting = new Map();
    this.next = 1;
    this.worker.onmessage = ({ data }) => {
      this.waiting.get(data.number)?.(data);
      this.waiting.delete(data.number);
    };
    await new Promise((ready) => this.waiting.set(0, ready));
    await this.ask("open", this.about);
  }

  // What the phone said, or null if it died meanwhile.
  ask(command, rest = {}) {
    const number = this.next++;
    return new Promise((done, fail) => {
      this.waiting.set(number, (data) => (data === null ? done(null) : data.failed ? fail(new Error(data.failed)) : done(data.said ?? {})));
      this.worker.postMessage({ number, command, ...rest });
    });
  }

  die() {
    this.worker.terminate();
    this.worker = null;
    for (const answer of this.waiting.values()) answer(null);
  }
}

// Every answer a phone said it kept, or died while keeping, in order.
async function life(devices, seed, person, visit) {
  const random = chance(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  await Promise.all(devices.map((device, n) => device.begin({ name: `${seed}-${n}`, person, visit })));
  const pack = await (await fetch(`/kiem-tra/${visit}/goi`)).json();
  for (const device of devices) await device.ask("open_visit", { pack });
  const given = [];
  const steps = 7 + Math.floor(random() * 6);
  for (let step = 0; step < steps; step++) {
    const device = pick(devices);
    const dies = random() < 0.12;
    const fates = Array.from({ length: 8 }, () => pick(FATES));
    const syncing = random() < 0.2 ? device.ask("sync", { fates }) : null; // and somebody answers meanwhile
    if (syncing) await new Promise((later) => setTimeout(later, random() * 80));
    if (syncing || random() < 0.5) {
      const token = `${seed}.${step}`;
      const answer = { item: pick(ITEMS), value: pick(["yes", "no"]), token, shade: random() < 0.3 ? seed * 64 + step : 0 };
      const said = await perhapsDying(device, dies, random, device.ask("answer", answer));
      given.push({ ...answer, device: device.about.name, kept: said !== null, saw: said?.saw ?? [] });
    } else {
      await perhapsDying(device, dies, random, device.ask("sync", { fates }));
    }
    await syncing;
  }
  for (const device of devices) await device.ask("sync", { fates: [] }); // the network is back for good
  const left = await Promise.all(devices.map((device) => device.ask("left")));
  return { seed, visit, given, left };
}

async function perhapsDying(device, dies, random, work) {
  if (!dies) return work;
  if (random() < 0.7) await new Promise((later) => setTimeout(later, random() * 12)); // else before it could begin
  device.die();
  const said = await work;
  await device.start();
  return said;
}

// `lives`: [seed, visit] pairs, a few at a time.
export async function live(lives, person, together = 4) {
  const found = [];
  const left = [...lives];
  const one = async () => {
    const devices = [new Device(), new Device()];
    for (let next = left.shift(); next; next = left.shift()) {
      found.push(await life(devices, next[0], person, next[1]));
    }
  };
  await Promise.all(Array.from({ length: together }, one));
  return found;
}
