// Repeats a task with a pause between the end of one call and the start of the next, and stops while the tab is hidden.

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

  /** Runs the task now, or once more if it is already running. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        await this.#task();
      } while (this.#again);
    } finally {
      this.#running = false;
      if (isVisible()) this.#timer = setTimeout(() => this.now(), this.#millis);
    }
  }
}

export const isVisible = () => document.visibilityState === "visible";
