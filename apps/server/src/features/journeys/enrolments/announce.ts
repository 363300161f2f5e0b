import type { NewEvent } from '../../../platform/outbox.ts';
import type { Stored } from './store/stored.ts';

const subject = ({ enrolment }: Stored): string => `enrolment/${enrolment.id}`;

const dataOf = ({ journeyId, version, playerExternalId, enrolment }: Stored): Record<string, unknown> => ({
  enrolmentId: enrolment.id,
  player: playerExternalId,
  journeyId,
  version,
});

/** What is published of an enrolment that began, if anything. */
export function enrolledEvent(stored: Stored): NewEvent[] {
  if (stored.isTest) return [];
  const control = stored.enrolment.status === 'control';
  return [{ type: 'journey.enrolled', subject: subject(stored), data: { ...dataOf(stored), control } }];
}

/** What is published of an enrolment that ended, if anything. One that failed was left before its end, as all that exit. */
export function endedEvent(stored: Stored): NewEvent[] {
  const { status, end } = stored.enrolment;
  if (stored.isTest || !end) return [];
  const { nodeId, reason, connector } = end;
  return [
    {
      type: status === 'completed' ? 'journey.completed' : 'journey.exited',
      subject: subject(stored),
      data: { ...dataOf(stored), nodeId, reason, ...(connector === null ? {} : { connector }) },
    },
  ];
}
