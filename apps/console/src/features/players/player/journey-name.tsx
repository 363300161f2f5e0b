import { useRead } from '../../../api/index.ts';
import { shortId } from '../../../kit/index.ts';

/** A journey by its name. */
export function JourneyName({ id }: { id: string }) {
  const journey = useRead('getJourney', { params: { journeyId: id } });
  return journey.data?.name ?? shortId(id);
}
