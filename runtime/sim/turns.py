"""Actors take turns on one machine: of all that could run, one runs, and at every yield point chance says who
goes on.

Each actor is a thread, and exactly one thread runs at a time, so that the same chance gives the same story.
An actor yields only outside write transactions: a database orders those itself.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from runtime.sim.faults import Crash


@dataclass
class _Actor:
    name: str
    baton: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    until: datetime | None = None


class Turns:
    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._ready: list[_Actor] = []
        self._paused: list[_Actor] = []
        self._running: _Actor | None = None
        self._main = threading.Semaphore(0)
        self._over = False
        self._error: BaseException | None = None

    def run(self, now: datetime, tasks: Mapping[str, Callable[[], None]]) -> None:
        """Carry out the tasks, interleaved, with whoever's pause is over. Returns when all have ended or
        paused. A task of an actor that is still busy from before is not begun: its tick is missed."""
        self._wake(now)
        busy = {actor.name for actor in (*self._ready, *self._paused)}
        for name, task in tasks.items():
            if name not in busy:
                self._begin(name, task)
        if self._ready:
            self._hand_on()
            self._main.acquire()
        if self._error:
            raise self._error

    def switch(self) -> None:
        """Let chance say who goes on; the caller goes on when its turn comes. Outside `run` it does nothing."""
        me = self._running
        if me is None:
            return
        self._hand_on(me)
        self._still_wanted()

    def pause(self, until: datetime) -> None:
        """The caller stands still, whatever it was doing, until a `run` at or after `until`."""
        me = self._running
        if me is None:
            return
        me.until = until
        self._ready.remove(me)
        self._paused.append(me)
        self._leave(me)
        me.baton.acquire()
        self._still_wanted()

    def cut(self) -> None:
        """End every actor that is still paused where it stands, as a power cut would."""
        self._over = True
        self._wake(None)
        if self._ready:
            self._hand_on()
            self._main.acquire()
        self._over = False

    def _begin(self, name: str, task: Callable[[], None]) -> None:
        actor = _Actor(name)
        self._ready.append(actor)
        threading.Thread(target=self._live, args=(actor, task), name=name, daemon=True).start()

    def _live(self, actor: _Actor, task: Callable[[], None]) -> None:
        actor.baton.acquire()
        try:
            task()
        except Crash:
            pass
        except BaseException as error:  # noqa: BLE001 (handed to whoever called `run`)
            self._error = error
        self._ready.remove(actor)
        self._leave(actor)

    def _wake(self, now: datetime | None) -> None:
        awake = [a for a in self._paused if now is None or (a.until is not None and a.until <= now)]
        self._paused = [a for a in self._paused if a not in awake]
        self._ready += awake

    def _hand_on(self, me: _Actor | None = None) -> None:
        chosen = self._chance.choice(self._ready)
        self._running = chosen
        if chosen is not me:
            chosen.baton.release()
            if me is not None:
                me.baton.acquire()

    def _leave(self, _actor: _Actor) -> None:
        if self._ready:
            self._hand_on()
        else:
            self._running = None
            self._main.release()

    def _still_wanted(self) -> None:
        if self._over:
            raise Crash("over")
