/**
 * Gathers requests into batches. A request waits only while every transaction slot is taken: with nothing in flight
 * it goes at once, alone; under load the batches grow by themselves. Requests of a player who is in flight wait for
 * that batch, so that a double click never makes a whole batch try again.
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
  let inFlight = 0;
  let scheduled = false;
  let whenDrained: (() => void)[] = [];

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // What else arrived in this turn of the event loop joins the batch.
    setImmediate(() => {
      scheduled = false;
      while (inFlight < options.slots && start()) {}
    });
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
    inFlight++;
    count(batch, 1);
    options
      .process(batch.map((entry) => entry.request))
      .then(
        (answers) => settle(batch, answers),
        (error) => {
          for (const entry of batch) entry.reject(error);
        },
      )
      .finally(() => {
        inFlight--;
        count(batch, -1);
        if (queue.length > 0) schedule();
        else if (inFlight === 0) notifyDrained();
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
        if (inFlight < options.slots) schedule();
      });
    },
    get waiting() {
      return queue.length;
    },
    drained: () =>
      queue.length === 0 && inFlight === 0
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
