import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy } from '@tabler/icons-react';
import { ReactFlowProvider } from '@xyflow/react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { LeaveGuard } from '../../../kit/editing/index.ts';
import { Page, Status, tellDone } from '../../../kit/index.ts';
import { GraphList } from '../drawing/graph-list.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Tool } from './canvas-tools.tsx';
import { useClipboard } from './clipboard.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import classes from './editor.module.css';
import { EditorCanvas } from './editor-canvas.tsx';
import { EditorProvider } from './editor-context.ts';
import { Palette } from './palette.tsx';
import { ProblemList } from './problem-list.tsx';
import { PublishButton } from './publish-button.tsx';
import { useDraft } from './use-draft.ts';
import { useEditorState } from './use-editor-state.ts';

type View = 'canvas' | 'list';

/** The editor: palette, canvas (or the same as a list), inspector, and what is wrong, of one draft. */
export function Workbench({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const state = useDraft(journey);
  const { editor, said } = useEditorState(state);
  const [view, setView] = useState<View>('canvas');
  const side = useRef<HTMLElement>(null);
  useClipboard(editor);

  const save = async () => {
    const revision = await state.save();
    if (revision !== undefined && state.isChanged) tellDone(t('saved'));
  };
  const { undo, redo } = state;
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
    ['mod+D', editor.duplicate],
    ['mod+A', () => editor.pick(Object.keys(editor.definition.nodes))],
  ]);
  useHotkeys([['mod+S', () => void save()]], []);

  /** The keys go on in the inspector, and come back to the node with Escape. */
  const open = () => side.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  const comeBack = () => {
    const [id] = editor.picked;
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id ?? '')}"]`)?.focus();
  };

  return (
    <EditorProvider value={editor}>
      <ReactFlowProvider>
        <LeaveGuard when={state.isChanged} />
        <Page
          title={state.draft.name}
          beside={<Status of={journey.status} />}
          crumbs={[
            { label: t('rooms.journeys'), link: { to: '/journeys' } },
            { label: journey.name, link: { to: '/journeys/$journeyId', params: { journeyId: journey.id } } },
          ]}
          actions={
            <>
              <Text fz="xs" c="dimmed" role="status">
                {t(state.isChanged ? 'editor.unsaved' : 'editor.saved')}
              </Text>
              <Tool label={t('tools.undo')} disabled={!state.canUndo} onClick={undo}>
                <IconArrowBackUp size={18} />
              </Tool>
              <Tool label={t('tools.redo')} disabled={!state.canRedo} onClick={redo}>
                <IconArrowForwardUp size={18} />
              </Tool>
              <SegmentedControl
                size="xs"
                aria-label={t('editor.view')}
                value={view}
                onChange={(chosen) => setView(chosen as View)}
                data={[
                  { value: 'canvas', label: t('editor.canvas') },
                  { value: 'list', label: t('editor.list') },
                ]}
              />
              <Button
                variant="default"
                leftSection={<IconDeviceFloppy size={16} />}
                disabled={!state.isChanged}
                loading={state.isSaving}
                onClick={() => void save()}
              >
                {t('save')}
              </Button>
              <PublishButton journey={journey} problems={editor.problems} save={state.save} />
            </>
          }
        >
          <div className={classes.frame}>
            <Palette />
            <div className={classes.middle}>
              {view === 'canvas' ? (
                <EditorCanvas onOpen={open} />
              ) : (
                <div className={classes.listed}>
                  <GraphList
                    definition={editor.definition}
                    words={editor.words}
                    problems={editor.problems}
                    picked={editor.picked}
                    onPick={(id) => editor.pick([id])}
                  />
                </div>
              )}
              <ProblemList />
            </div>
            <aside
              className={classes.side}
              ref={side}
              aria-label={t('inspector.label')}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && !event.defaultPrevented) comeBack();
              }}
            >
              <Inspector />
            </aside>
          </div>
          <Group mt={6}>
            <Text fz="xs" c="dimmed">
              {t('editor.keys')}
            </Text>
            <span role="status" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
              {said}
            </span>
          </Group>
          {state.conflict && <ConflictDialog conflict={state.conflict} state={state} words={editor.words} />}
        </Page>
      </ReactFlowProvider>
    </EditorProvider>
  );
}
