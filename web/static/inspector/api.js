// The server's four answers to a phone, and what each refusal means for what the phone keeps.

import { _ } from "./words.js";

export class Away extends Error {} // no network, or a server that is not well: try again later
export class SignIn extends Error {} // nobody, or somebody else, is signed in: ask, keep everything
export class Refused extends Error {} // the server read it and will not have it: say why, keep everything

const PATIENCE = 60_000; // milliseconds

export function apiFor(person, fetcher = fetch) {
  async function ask(path, { patience = PATIENCE, ...options } = {}) {
    let answer;
    try {
      answer = await fetcher(path, {
        ...options,
        headers: { ...options.headers, "X-Person": String(person ?? "") },
        redirect: "manual", // to the sign-in page: not an answer
        cache: "no-store",
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      throw new Away();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignIn();
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Away();
    let said;
    try {
      said = await answer.json();
    } catch {
      if (answer.ok) throw new Away(); // cut off on the way, or the page of a hotel's Wi-Fi
      said = {};
    }
    if (!answer.ok) throw new Refused(said.message || _("Máy chủ không nhận ({status}).", { status: answer.status }));
    return said;
  }

  const json = { "Content-Type": "application/json" };
  return {
    mine: (patience) => ask("/kiem-tra/cua-toi", { patience }),
    pack: (visit) => ask(`/kiem-tra/${visit}/goi`),
    send: (visit, batch) =>
      ask(`/kiem-tra/${visit}/dong-bo`, { method: "POST", headers: json, body: JSON.stringify(batch) }),
    putPhoto: ({ visit, sha256, type, bytes }) =>
      ask(`/kiem-tra/${visit}/anh/${sha256}`, { method: "PUT", headers: { "Content-Type": type }, body: bytes }),
  };
}
