import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, change, type History, redo, undo } from './history.ts';

const typed = (texts: readonly [text: string, about: string | null][]): History<string> =>
  texts.reduce((history, [text, about]) => change(history, text, about), begin(''));

describe('undoing', () => {
  it('takes back what was typed into one field as one', () => {
    const history = typed([
      ['a', 'name'],
      ['ab', 'name'],
      ['abc', 'url'],
      ['abcd', null],
      ['abcde', null],
    ]);
    expect(history.past).toEqual(['', 'ab', 'abc', 'abcd']);
    expect(undo(undo(undo(undo(history)))).present).toBe('');
  });

  it('begins anew after it: typing on is a step of its own', () => {
    const history = undo(
      typed([
        ['a', 'name'],
        ['b', 'url'],
      ]),
    );
    expect(change(history, 'ab', 'name').past).toEqual(['', 'a']);
  });

  it('does nothing at the ends', () => {
    const start = begin('x');
    expect(undo(start)).toBe(start);
    expect(redo(start)).toBe(start);
    expect(change(start, 'x')).toBe(start);
  });

  it('is undone by redoing, whatever was done', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ to: fc.string(), about: fc.option(fc.constantFrom('a', 'b')) }),
        fc.constantFrom('undo' as const, 'redo' as const),
      ),
    );
    fc.assert(
      fc.property(steps, (all) => {
        let history = begin('');
        for (const step of all)
          history =
            step === 'undo'
              ? undo(history)
              : step === 'redo'
                ? redo(history)
                : change(history, step.to, step.about);
        if (history.past.length === 0) return;
        const again = redo(undo(history));
        expect(again).toEqual({ ...history, about: null });
      }),
    );
  });

  it('goes back two hundred steps, and forgets what was before', () => {
    let history = begin(0);
    for (let n = 1; n <= 300; n++) history = change(history, n);
    expect(history.past).toHaveLength(200);
    expect(history.past[0]).toBe(100);
  });

  it('throws away what was undone once something else is done', () => {
    const history = change(undo(typed([['a', null]])), 'b');
    expect(redo(history)).toBe(history);
  });
});
