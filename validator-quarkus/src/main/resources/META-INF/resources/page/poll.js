// Does a task every few seconds, the next one that long after the last one ended, and none while nobody looks.

export class Poll {
  #task;
  #millis;
  #timer;
  #running = false;
  #again = false;

  constructor(task, millis) {
    this.#task = task;
    this.#millis = millis;
    document.addEventListener("visibilitychange", () => (isVisible() ? this.now() : clearTimeout(this.#timer)));
  }

  /** Does the task at once, or once more when one is under way. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    do {
      this.#again = false;
      await this.#task();
    } while (this.#again);
    this.#running = false;
    if (isVisible()) this.#timer = setTimeout(() => this.now(), this.#millis);
  }
}

export const isVisible = () => document.visibilityState === "visible";
