import { Navigate, useParams } from '@tanstack/react-router';
import { useRead } from '../../../api/index.ts';
import { Loaded } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Workbench } from './workbench.tsx';

/** Where a journey is drawn. Whoever may not see it change sees it on its own page. */
export function EditorPage() {
  const { journeyId } = useParams({ from: '/shell/journeys/$journeyId/edit' });
  const journey = useRead('getJourney', { params: { journeyId } });
  const mayWrite = useMay('journeys:write');
  if (!mayWrite) return <Navigate to="/journeys/$journeyId" params={{ journeyId }} replace />;
  return <Loaded of={journey}>{(data) => <Workbench key={data.id} journey={data} />}</Loaded>;
}
