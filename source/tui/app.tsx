import {type ComponentType, useRef, useState, useSyncExternalStore} from 'react';
import type {Intent} from '../session/intents.js';
import type {Session} from '../session/session.js';
import type {TerminalHandover} from '../session/terminal-handover.js';
import {addedRows} from './components/frame-lines.js';
import {type ScreenProps, useKeys} from './keymap/use-keys.js';
import {initialViewState, type ViewState, viewKeyContext} from './keymap/view-state.js';
import {ChaptersScreen} from './screens/chapters/chapters-screen.js';
import {FilesScreen} from './screens/files/files-screen.js';
import {PageScreen} from './screens/page/page-screen.js';
import {selectTextPage} from './screens/page/text-page.js';
import {StepScreen} from './screens/step/step-screen.js';
import type {Size} from './text/layout.js';
import {CurrentRenderContext, type RenderContext} from './text/render-context.js';
import {useTerminalHandover} from './use-terminal-handover.js';

type AppProps = {session: Session; renderContext: RenderContext; handover: TerminalHandover; terminal: Size};

/** The whole screen: reads the session, draws it, sends intents. It runs nothing. */
export const App = (props: AppProps) => (
	<CurrentRenderContext value={props.renderContext}>
		<Screen {...props} />
	</CurrentRenderContext>
);

const Screen = ({session, renderContext: {symbols}, handover, terminal}: AppProps) => {
	useTerminalHandover(handover);
	const state = useSyncExternalStore(session.subscribe, session.getState);
	const {viewOf, changeView} = useView(state.stepId, state.screen === 'build');
	const viewKeys = useKeys(session, () => viewKeyContext(viewOf(session.getState().stepId)));
	const {columns, rows} = terminal;
	const size = {columns, rows: rows - addedRows(state, columns).length};
	const shown = {state, terminal: size, viewKeys};

	const {overlay, stepId} = state;
	const send = (intent: Intent) => session.send(intent);
	const text = selectTextPage(state, symbols);
	if (text) return <PageScreen key={text.key} {...shown} linesFor={text.linesFor} />;
	const Page = overlay === null ? undefined : pageScreens[overlay];
	if (Page) return <Page {...shown} onIntent={send} />;
	return (
		<StepScreen
			key={stepId}
			{...shown}
			view={viewOf(stepId)}
			onView={change => changeView(stepId, change)}
			lines={session.lines}
			onIntent={send}
		/>
	);
};

/** The pages of the key table that are more than lines, by name. */
const pageScreens: Record<string, ComponentType<ScreenProps>> = {
	chapters: ChaptersScreen,
	files: FilesScreen,
};

/**
 * The view of a step, which survives a question or the key list shown over it. `hasDockerfile`: whether the first one
 * begins with its Dockerfile. It changes at once, not at the next
 * frame, so that keys that come faster than frames build on each other.
 */
const useView = (first: string, hasDockerfile: boolean) => {
	const latest = useRef({stepId: first, view: {...initialViewState, hasDockerfile}});
	const [, draw] = useState(latest.current);
	const viewOf = (stepId: string): ViewState =>
		latest.current.stepId === stepId ? latest.current.view : initialViewState;
	const changeView = (stepId: string, change: (before: ViewState) => ViewState): ViewState => {
		latest.current = {stepId, view: change(viewOf(stepId))};
		draw(latest.current);
		return latest.current.view;
	};
	return {viewOf, changeView};
};
