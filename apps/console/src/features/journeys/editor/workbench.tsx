import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconKeyboard } from '@tabler/icons-react';
import { ReactFlowProvider } from '@xyflow/react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { LeaveGuard } from '../../../kit/editing/index.ts';
import { Page, Status, tellDone } from '../../../kit/index.ts';
import { useFirstView, type View } from '../drawing/first-view.ts';
import { GraphList } from '../drawing/graph-list.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Tool } from './canvas-tools.tsx';
import { isTyping, useClipboard } from './clipboard.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import classes from './editor.module.css';
import { EditorCanvas } from './editor-canvas.tsx';
import { EditorProvider } from './editor-context.ts';
import { KeysHelp } from './keys-help.tsx';
import { Palette } from './palette.tsx';
import { goOn, goTo } from './places.ts';
import { ProblemList } from './problem-list.tsx';
import { PublishButton } from './publish-button.tsx';
import { useDraft } from './use-draft.ts';
import { useEditorState } from './use-editor-state.ts';

/** Whether nothing else is to be closed first: a list that is open, or a menu above the page. */
const isDone = ({ target, currentTarget }: KeyboardEvent): boolean =>
  target instanceof Element &&
  currentTarget.contains(target) &&
  target.getAttribute('aria-expanded') !== 'true';

/** Seen and heard by nobody: the same words once more are a change, which is read out. */
const SAID_AGAIN = '\u00a0';

/** The editor: palette, canvas (or the same as a list), inspector, and what is wrong, of one draft. */
export function Workbench({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const state = useDraft(journey);
  const { editor, said } = useEditorState(state);
  const [view, setView] = useState<View>(useFirstView());
  const [isHelping, help] = useDisclosure();
  useClipboard(editor);

  const save = async () => {
    const revision = await state.save();
    if (revision !== undefined && state.isChanged) tellDone(t('saved'));
  };
  const undo = () => {
    if (!state.canUndo) return;
    state.undo();
    editor.say(t('said.undone'));
  };
  const redo = () => {
    if (!state.canRedo) return;
    state.redo();
    editor.say(t('said.redone'));
  };
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
    ['mod+D', editor.duplicate],
    ['mod+A', () => editor.pick(Object.keys(editor.definition.nodes))],
  ]);
  useHotkeys(
    [
      ['mod+S', () => void save()],
      ['F6', () => goOn(1)],
      ['shift+F6', () => goOn(-1)],
    ],
    [],
  );
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== '?' || isTyping(event.target)) return;
    event.preventDefault();
    help.open();
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
              <Tool label={t('keys.label')} onClick={help.open}>
                <IconKeyboard size={18} />
              </Tool>
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
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a key for whatever part of it has the focus */}
          <div className={classes.frame} onKeyDown={pressed}>
            <Palette />
            <div className={classes.middle}>
              {view === 'canvas' ? (
                <EditorCanvas />
              ) : (
                <div className={classes.listed} data-place="graph">
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
              data-place="inspector"
              aria-label={t('inspector.label')}
              onKeyDown={(event) => event.key === 'Escape' && isDone(event) && goTo('graph')}
            >
              <Inspector />
            </aside>
          </div>
          <Group mt={6}>
            <Text fz="xs" c="dimmed">
              {t('editor.keys')}
            </Text>
            <span role="status" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
              {said.text}
              {said.nth % 2 === 1 && SAID_AGAIN}
            </span>
          </Group>
          <KeysHelp opened={isHelping} onClose={help.close} />
          <ConflictDialog state={state} words={editor.words} />
        </Page>
      </ReactFlowProvider>
    </EditorProvider>
  );
}
