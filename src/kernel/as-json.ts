// kernel: a fact as the log will give it back.

/** What JSON makes of a value: the value itself where it would come back the same, or else a copy. */
export function asJson(value: object): object {
  return isSame(value) ? value : (JSON.parse(JSON.stringify(value)) as object);
}

/** True for plain data that JSON writes and reads without any loss, all the way down. */
function isSame(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || (Array.isArray(value) ? isSameList(value) : isSameObject(value));
    default:
      return false;
  }
}

function isSameList(values: readonly unknown[]): boolean {
  for (const value of values) if (!isSame(value)) return false;
  return Object.getPrototypeOf(values) === Array.prototype;
}

function isSameObject(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const inner of Object.values(value)) if (!isSame(inner)) return false;
  return true;
}
