/**
 * What an editor has told its form, and gets back as the value of the form: late, when more is typed already, and not
 * each of it. None of that may be put over what was typed since.
 */
export type Echoes = {
  tell: (value: string) => void;
  /** Whether a value was told; one that comes from elsewhere ends the waiting. `current` is what the editor has. */
  has: (value: string, current: string) => boolean;
};

export function createEchoes(): Echoes {
  /** Oldest first. */
  let told: readonly string[] = [];
  return {
    tell: (value) => {
      told = [...told, value];
    },
    has: (value, current) => {
      if (value === current) {
        told = [];
        return true;
      }
      const place = told.indexOf(value);
      told = place < 0 ? [] : told.slice(place + 1);
      return place >= 0;
    },
  };
}
