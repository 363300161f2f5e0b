/**
 * Gathers requests into batches. A request waits while every transaction slot is taken: with nothing in flight it goes
 * at once, alone; under load the batches grow by themselves. Requests of a player who is in flight wait for that batch,
 * so that a double click never makes a whole batch try again.
 *
 * Under load, callers part into those in flight and those who wait, and would stay so: batches of half of them, each
 * with a price of its own. So a batch waits a moment for those just answered, and all go together.
 */
export interface Batcher<Request, Answer> {
  /** @throws QueueFull when too many wait; what `process` threw when the request could not be decided. */
  submit(request: Request): Promise<Answer>;
  readonly waiting: number;
  /** Resolves when nothing waits or is in flight. */
  drained(): Promise<void>;
}

/** More requests wait than the server can answer in reasonable time: the caller should come back later. */
export class QueueFull extends Error {
  constructor() {
    super('too many requests are waiting');
    this.name = 'QueueFull';
  }
}

/** From so many callers on, in flight or waiting, a batch waits for those just answered. */
const LINGER_FROM = 32;
/** At most; a batch of that many takes several times as long. */
const LINGER_MS = 5;
/** How much a timer may be early by the finer clock. */
const EARLY_MS = 1;

interface Waiting<Request, Answer> {
  request: Request;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

export interface BatcherOptions<Request, Answer> {
  /** Largest batch. */
  maxBatch: number;
  /** Batches in flight at once. */
  slots: number;
  /**
   * Milliseconds that every batch in flight must have been so before another one starts beside them. With 0 they fill all
   * slots at once; else the second slot is for when the first is held up, and batches grow meanwhile.
   */
  patienceMs: number;
  /** Most requests that may wait. */
  maxWaiting: number;
  /** Requests with the same key are never in flight in two batches at once. */
  keyOf(request: Request): string;
  /** Answers in the order of the requests. */
  process(requests: Request[]): Promise<readonly (Answer | Error)[]>;
}

export function createBatcher<Request, Answer>(
  options: BatcherOptions<Request, Answer>,
): Batcher<Request, Answer> {
  let queue: Waiting<Request, Answer>[] = [];
  const keysInFlight = new Map<string, number>();
  /** When the batches in flight started. */
  const inFlight = new Set<{ readonly at: number }>();
  let scheduled = false;
  let whenDrained: (() => void)[] = [];
  /** How many must wait before the next batch starts. */
  let expected = 1;
  let lingering: NodeJS.Timeout | undefined;
  let patient: NodeJS.Timeout | undefined;

  function isSlotFree(): boolean {
    if (inFlight.size === options.slots) return false;
    const longAgo = performance.now() - options.patienceMs;
    return [...inFlight].every(({ at }) => at <= longAgo);
  }

  function schedule(): void {
    if (scheduled || queue.length < expected || !isSlotFree()) return;
    scheduled = true;
    // What else arrived in this turn of the event loop joins the batch.
    setImmediate(() => {
      scheduled = false;
      linger(0);
      while (isSlotFree() && start()) {}
    });
  }

  /** @param callers who are waiting, or have just been answered and may come back. */
  function linger(callers: number): void {
    clearTimeout(lingering);
    expected = 1;
    if (callers < LINGER_FROM) return;
    expected = Math.min(callers, options.maxBatch);
    lingering = setTimeout(() => {
      expected = 1;
      schedule();
    }, LINGER_MS);
  }

  function take(): Waiting<Request, Answer>[] {
    if (keysInFlight.size === 0 && queue.length <= options.maxBatch) {
      const all = queue;
      queue = [];
      return all;
    }
    const batch: Waiting<Request, Answer>[] = [];
    const held: Waiting<Request, Answer>[] = [];
    for (const entry of queue) {
      const free = batch.length < options.maxBatch && !keysInFlight.has(options.keyOf(entry.request));
      (free ? batch : held).push(entry);
    }
    queue = held;
    return batch;
  }

  function start(): boolean {
    const batch = take();
    if (batch.length === 0) return false;
    const flight = { at: performance.now() };
    inFlight.add(flight);
    count(batch, 1);
    if (options.patienceMs > 0) {
      clearTimeout(patient);
      patient = setTimeout(schedule, options.patienceMs + EARLY_MS);
    }
    options
      .process(batch.map((entry) => entry.request))
      .then(
        (answers) => settle(batch, answers),
        (error) => {
          for (const entry of batch) entry.reject(error);
        },
      )
      .finally(() => {
        inFlight.delete(flight);
        count(batch, -1);
        // What others have in flight goes on meanwhile: then nobody needs to wait for anybody.
        if (inFlight.size === 0) {
          clearTimeout(patient);
          linger(batch.length + queue.length);
        }
        schedule();
        if (queue.length === 0 && inFlight.size === 0) notifyDrained();
      });
    return true;
  }

  function count(batch: Waiting<Request, Answer>[], by: 1 | -1): void {
    for (const { request } of batch) {
      const key = options.keyOf(request);
      const left = (keysInFlight.get(key) ?? 0) + by;
      if (left > 0) keysInFlight.set(key, left);
      else keysInFlight.delete(key);
    }
  }

  function notifyDrained(): void {
    const waiting = whenDrained;
    whenDrained = [];
    for (const resolve of waiting) resolve();
  }

  return {
    submit(request) {
      if (queue.length >= options.maxWaiting) return Promise.reject(new QueueFull());
      return new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        schedule();
      });
    },
    get waiting() {
      return queue.length;
    },
    drained: () =>
      queue.length === 0 && inFlight.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => whenDrained.push(resolve)),
  };
}

function settle<Request, Answer>(
  batch: Waiting<Request, Answer>[],
  answers: readonly (Answer | Error)[],
): void {
  for (const [index, entry] of batch.entries()) {
    const answer = answers[index];
    if (answer instanceof Error) entry.reject(answer);
    else if (answer === undefined) entry.reject(new Error('a batch left a request without an answer'));
    else entry.resolve(answer);
  }
}
