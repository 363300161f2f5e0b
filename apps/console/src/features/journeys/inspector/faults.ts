import { useEditor } from '../editor/editor-context.ts';
import { problemsAt } from '../graph/problems.ts';

/** What is wrong with a field of a node, or of the settings, in words; undefined when nothing is. */
export function useFaults(nodeId: string | null): (field: string) => string | undefined {
  const { problems } = useEditor();
  return (field) =>
    problemsAt(problems, nodeId, field)
      .map(({ message, fix }) => `${message} ${fix}`)
      .join(' ') || undefined;
}
