import { describe, expect, it } from 'vitest';
import { draw, journeyOf, MINUTE, NOON, node, SECOND } from '../testing/drawing.ts';
import { depositAt, play } from '../testing/player.ts';

const { exit } = node;

describe('an action', () => {
  it.each([node.webhook, node.bonus, node.code])(
    '$kind is done outside, and left by what became of it',
    (action) => {
      const journey = journeyOf(
        draw({ a: action, yes: exit, no: exit }, ['start.next > a', 'a.success > yes', 'a.failure > no']),
      );
      const player = play(journey);
      expect(player.effects).toEqual([
        expect.objectContaining({ kind: 'action', action, key: 'e1:2', at: NOON, event: depositAt(NOON) }),
      ]);
      expect(player.enrolment).toMatchObject({ waitingFor: 'outcome', wakeAt: null });
      expect(player.becomes('success', NOON + SECOND, { data: { id: 7 } }).path[1]).toBe('a.success > yes');
      expect(player.enrolment.events).toMatchObject({ a: { id: 7 } });
      expect(player.enrolment.event).toEqual(depositAt(NOON));
      const other = play(journey).becomes('failure', NOON + SECOND, { reason: 'http_500' });
      expect(other.steps[1]).toMatchObject({ connector: 'failure', reason: 'http_500' });
    },
  );

  it('takes no outcome of a message', () => {
    const player = play(journeyOf(draw({ a: node.webhook, exit }, ['start.next > a', 'a.success > exit'])));
    expect(player.becomes('clicked', NOON).ignored.map(({ because }) => because)).toEqual(['not_awaited']);
  });

  it('nothing depends on is the end once it is handed over', () => {
    const player = play(journeyOf(draw({ a: node.bonus }, ['start.next > a'])));
    expect(player.effects).toHaveLength(1);
    expect(player.enrolment.end).toMatchObject({ reason: 'handed_over' });
  });

  it('may end the journey when it fails', () => {
    const player = play(journeyOf(draw({ a: node.webhook, exit }, ['start.next > a', 'a.success > exit'])));
    expect(player.becomes('failure', NOON).enrolment.end).toMatchObject({
      reason: 'path_ended',
      connector: 'failure',
    });
  });

  it('that changes a property is waited for, so that conditions see it', () => {
    const player = play(journeyOf(draw({ p: node.property, exit }, ['start.next > p', 'p.next > exit'])));
    expect(player.effects).toMatchObject([{ action: { property: 'team', value: 'red' } }]);
    player.becomes('failure', NOON + SECOND);
    expect(player.enrolment).toMatchObject({ nodeId: 'p', status: 'active' });
    expect(player.becomes('success', NOON + MINUTE).path[1]).toBe('p.next > exit');
  });
});
