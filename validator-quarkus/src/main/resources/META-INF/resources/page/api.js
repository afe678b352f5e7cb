// Requests to the validator. Every failure becomes an Error whose message can be shown to people.

/** As long as the server waits. */
const LONGEST_MILLIS = 7_200_000;
const ASK_PROGRESS_MILLIS = 2_000;
const PROGRESS_ANSWER_MILLIS = 10_000;

/**
 * Returns the JSON answer of a path, however long it takes, as long as the validator answers how far it is. Parameters that are
 * null are left out.
 *
 * @param cancelled an AbortSignal that ends the request
 * @param showProgress is called with each answer of /progress
 */
export async function get(path, parameters, cancelled, showProgress) {
  const done = new AbortController();
  const signal = AbortSignal.any([cancelled, done.signal]);
  const answer = getWithin(LONGEST_MILLIS, path, parameters, signal).then((value) => ({ value }));
  answer.catch(() => {}); // It has no other handler if /progress fails first.
  try {
    for (;;) {
      const arrived = await Promise.race([answer, pause(ASK_PROGRESS_MILLIS)]);
      if (arrived) return arrived.value;
      showProgress(await getWithin(PROGRESS_ANSWER_MILLIS, "progress", {}, signal));
    }
  } finally {
    done.abort();
  }
}

const pause = (millis) => new Promise((end) => setTimeout(end, millis));

async function getWithin(timeoutMillis, path, parameters, cancelled) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null));
  let response;
  try {
    response = await fetch(query.size ? `${path}?${query}` : path, {
      cache: "no-store",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMillis), cancelled]),
    });
  } catch (e) {
    throw new Error(
      e.name === "TimeoutError" ? "The validator does not answer." : "The validator can’t be reached.", { cause: e });
  }
  return response.ok ? body(response) : refused(response);
}

async function body(response) {
  if (response.status === 204) return null;
  try {
    return parse(await response.text());
  } catch (e) {
    throw new Error("The validator’s answer is incomplete.", { cause: e });
  }
}

/** Keeps whole numbers exact that are too large for a double, as far as the browser can. */
export const parse = (text) => JSON.parse(text, (_, value, { source } = {}) =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value);

BigInt.prototype.toJSON = function () {
  return JSON.rawJSON(String(this));
};

async function refused(response) {
  const problem = await response.json().catch(() => ({}));
  throw new Error(`The validator returned ${response.status}: ${(problem.detail ?? response.statusText).replace(/\.?$/, ".")}`);
}
