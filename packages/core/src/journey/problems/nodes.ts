import { BASIS_POINTS } from '../../money/index.ts';
import {
  type DelayNode,
  isMessage,
  type JourneyDefinition,
  type JourneyNode,
  JOURNEY_LIMITS as LIMITS,
  type NodeId,
  type SplitNode,
  type WebhookNode,
} from '../graph.ts';
import { isTime } from '../local-time.ts';
import { error, type Problem } from '../problem.ts';
import type { JourneyCatalogue } from '../rules.ts';
import { durationProblems, matchProblems, requiredRule, requiredText, within } from './values.ts';

/** Whether every node has what it needs. The trigger is looked at on its own. */
export const nodeProblems = ({ nodes }: JourneyDefinition, catalogue: JourneyCatalogue): Problem[] =>
  Object.entries(nodes).flatMap(([id, node]) => problemsOf(id, node, catalogue));

function problemsOf(nodeId: NodeId, node: JourneyNode, catalogue: JourneyCatalogue): Problem[] {
  const at = (field: string) => ({ nodeId, field });
  if (isMessage(node))
    return [
      ...requiredText(at('contentId'), node.contentId, 'The content', `Choose the ${node.kind} to send.`),
      ...durationProblems(at('expiresAfterMs'), node.expiresAfterMs),
    ];
  switch (node.kind) {
    case 'wait_event':
      return [
        ...matchProblems(at('event'), node.event, catalogue),
        ...durationProblems(at('timeoutMs'), node.timeoutMs),
      ];
    case 'delay':
      return delayProblems(nodeId, node);
    case 'condition':
      return requiredRule(at('rule'), node.rule);
    case 'split':
      return splitProblems(nodeId, node);
    case 'webhook':
      return webhookProblems(nodeId, node);
    case 'give_bonus':
      return [
        ...requiredText(
          at('campaignId'),
          node.campaignId,
          'The campaign',
          'Choose the campaign whose bonus is given.',
        ),
        ...(node.rewardIndex === null || within(node.rewardIndex, 0, Number.MAX_SAFE_INTEGER)
          ? []
          : [
              error(
                'setting_invalid',
                at('rewardIndex'),
                'It is no reward of the campaign.',
                'Choose one of its rewards.',
              ),
            ]),
      ];
    case 'send_code':
      return requiredText(
        at('campaignId'),
        node.campaignId,
        'The campaign',
        'Choose the campaign whose code is sent.',
      );
    case 'change_property':
      return requiredText(at('property'), node.property, 'The property', 'Choose the property to change.');
    case 'trigger':
    case 'exit':
      return [];
  }
}

function delayProblems(nodeId: NodeId, { delay }: DelayNode): Problem[] {
  if ('forMs' in delay) return durationProblems({ nodeId, field: 'delay.forMs' }, delay.forMs);
  const { time, weekdays } = delay.until;
  const problems: Problem[] = [];
  if (!isTime(time))
    problems.push(
      error(
        'setting_invalid',
        { nodeId, field: 'delay.until.time' },
        `“${time}” is no time of the day.`,
        'Write it like 09:00.',
      ),
    );
  if (weekdays && (weekdays.length === 0 || !weekdays.every((day) => within(day, 1, 7))))
    problems.push(
      error(
        'setting_invalid',
        { nodeId, field: 'delay.until.weekdays' },
        'Weekdays go from 1, Monday, to 7, Sunday.',
        'Choose at least one, or leave them out for any day.',
      ),
    );
  return problems;
}

function splitProblems(nodeId: NodeId, { variants }: SplitNode): Problem[] {
  const field = 'variants';
  const problems: Problem[] = [];
  if (variants.length < 2)
    problems.push(
      error('setting_missing', { nodeId, field }, 'A split has two variants or more.', 'Add one.'),
    );
  const total = variants.reduce((sum, { bps }) => sum + bps, 0);
  if (total !== BASIS_POINTS || !variants.every(({ bps }) => within(bps, 0, BASIS_POINTS)))
    problems.push(
      error(
        'split_not_whole',
        { nodeId, field },
        `The variants come to ${total / 100} %.`,
        'Make them shares of 0 to 100 % that come to 100 %.',
      ),
    );
  for (const [index, { id }] of variants.entries()) {
    const at = { nodeId, field: `${field}.${index}.id` };
    if (id === '') problems.push(...requiredText(at, null, 'The id of the variant', 'Name it.'));
    else if (variants.findIndex((other) => other.id === id) < index)
      problems.push(
        error('variant_repeated', at, `There are several variants “${id}”.`, 'Give them different ids.'),
      );
  }
  return problems;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function webhookProblems(nodeId: NodeId, { url, headers, timeoutMs }: WebhookNode): Problem[] {
  const { shortest, longest } = LIMITS.webhookMs;
  const problems: Problem[] = [];
  if (url.trim() === '')
    problems.push(...requiredText({ nodeId, field: 'url' }, null, 'The URL', 'Write where it is sent.'));
  else if (!/^https?:\/\//i.test(url))
    problems.push(
      error(
        'setting_invalid',
        { nodeId, field: 'url' },
        'The URL must begin with https:// or http://.',
        'Write it in full.',
      ),
    );
  for (const [index, { name }] of headers.entries())
    if (!HEADER_NAME.test(name))
      problems.push(
        error(
          'setting_invalid',
          { nodeId, field: `headers.${index}.name` },
          `“${name}” is no name of a header.`,
          'Use letters, digits and hyphens.',
        ),
      );
  if (!within(timeoutMs, shortest, longest))
    problems.push(
      error(
        'setting_out_of_bounds',
        { nodeId, field: 'timeoutMs' },
        'One try takes from 0.1 to 30 seconds.',
        'Choose a time within that.',
      ),
    );
  return problems;
}
