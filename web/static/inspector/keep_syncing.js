// When to try: at once when something changed, the network came or the app was looked at; else now and then; after
// a failure later and later.
import { Away, SignIn } from "./api.js";

const SOON = 1_500;
const CALM = 60_000;
const FIRST_WAIT = 4_000;
const LONGEST_WAIT = 300_000;

// `run` syncs once. `tell(state)`: "working", "done", "away", "sign-in", or "failed" with the error.
export function keepSyncing(run, tell) {
  let timer = 0;
  let wait = FIRST_WAIT;
  let working = false;
  let again = false;

  async function once() {
    if (working) {
      again = true;
      return;
    }
    working = true;
    again = false;
    tell("working");
    let next = CALM;
    try {
      await run();
      wait = FIRST_WAIT;
      tell("done");
    } catch (error) {
      next = wait;
      wait = Math.min(wait * 2, LONGEST_WAIT);
      if (error instanceof SignIn) tell("sign-in");
      else tell(error instanceof Away ? "away" : "failed", error);
    }
    working = false;
    at(again ? SOON : next);
  }

  function at(delay) {
    clearTimeout(timer);
    timer = setTimeout(once, delay);
  }

  function now() {
    wait = FIRST_WAIT;
    at(0);
  }

  addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  function soon() {
    if (working) again = true;
    else at(SOON);
  }

  return { now, soon };
}
