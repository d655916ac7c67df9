/**
 * Attempts at one account that come at once. Each may be a failure, so no more of them run than failures are left: of
 * guesses that are sent together no more are looked at than one after another. The rest waits; right passwords of one
 * account pass, a few at a time. Counts those of this process.
 */
type Gate = {
  /** Who is at the gate or through it; the gate is forgotten when nobody is. */
  present: number;
  running: number;
  /** How many have ended: what was read before one of them did is out of date. */
  ended: number;
  waiting: (() => void)[];
};

const gates = new Map<string, Gate>();

/**
 * @param left how many more attempts at the account may fail, as far as is known by now
 * @returns undefined when none is left, without having run
 */
export async function inTurn<T>(
  account: string,
  left: () => Promise<number>,
  run: () => Promise<T>,
): Promise<T | undefined> {
  const gate = gates.get(account) ?? { present: 0, running: 0, ended: 0, waiting: [] };
  gates.set(account, gate);
  gate.present++;
  try {
    if (!(await enter(gate, left))) return undefined;
    try {
      return await run();
    } finally {
      gate.running--;
      gate.ended++;
      for (const wake of gate.waiting.splice(0)) wake();
    }
  } finally {
    gate.present--;
    if (gate.present === 0) gates.delete(account);
  }
}

async function enter(gate: Gate, left: () => Promise<number>): Promise<boolean> {
  for (;;) {
    const { ended } = gate;
    const room = await left();
    if (gate.ended !== ended) continue;
    if (room <= 0) return false;
    if (gate.running < room) {
      gate.running++;
      return true;
    }
    await new Promise<void>((wake) => gate.waiting.push(wake));
  }
}
