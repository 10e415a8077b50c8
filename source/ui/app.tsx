import {useRef, useState, useSyncExternalStore} from 'react';
import type {Lender} from '../session/create-lender.js';
import type {Session} from '../session/state.js';
import {commandLineRows} from './command-line/command-line-rows.js';
import {FilesScreen} from './files/files-screen.js';
import {keysLines} from './keys/keys-lines.js';
import {useKeys} from './keys/use-keys.js';
import type {Room} from './layout.js';
import {ChaptersScreen} from './pages/chapters-screen.js';
import {doctorLines} from './pages/doctor-lines.js';
import {endLines} from './pages/end-lines.js';
import {openingPage} from './pages/opening-page.js';
import {PageScreen} from './pages/page-screen.js';
import {StepScreen} from './pages/step-screen.js';
import {type Surroundings, SurroundingsContext} from './surroundings.js';
import {useLoan} from './use-loan.js';
import {initialView, shownOfView, type View} from './view.js';

type AppProps = {session: Session; surroundings: Surroundings; lender: Lender; terminal: Room};

/** The whole screen: reads the session, draws it, sends intents. It runs nothing. */
export const App = (props: AppProps) => (
	<SurroundingsContext value={props.surroundings}>
		<Screen {...props} />
	</SurroundingsContext>
);

const Screen = ({session, surroundings: {symbols}, lender, terminal}: AppProps) => {
	useLoan(lender);
	const state = useSyncExternalStore(session.subscribe, session.getState);
	const {viewOf, changeView} = useView(state.stepId);
	const viewKeys = useKeys(session, () => shownOfView(viewOf(session.getState().stepId)));
	const {columns, rows} = terminal;
	const room = {columns, rows: rows - commandLineRows(state, columns).length};
	const shown = {state, terminal: room, viewKeys};

	const {overlay, screen, stepId} = state;
	const opening = openingPage(state, symbols);
	if (opening) return <PageScreen key={opening.key} {...shown} linesFor={opening.linesFor} />;
	if (overlay === 'keys') {
		return <PageScreen key="keys" {...shown} linesFor={columns => keysLines(columns, symbols)} />;
	}
	if (overlay === 'doctor') {
		return <PageScreen key="doctor" {...shown} linesFor={columns => doctorLines(state, columns, symbols)} />;
	}
	if (overlay === 'chapters') return <ChaptersScreen {...shown} onIntent={intent => session.send(intent)} />;
	if (overlay === 'files') return <FilesScreen {...shown} onIntent={intent => session.send(intent)} />;
	if (screen === 'end') {
		return <PageScreen key="end" {...shown} linesFor={columns => endLines(state, columns, symbols)} />;
	}
	return (
		<StepScreen
			key={stepId}
			{...shown}
			view={viewOf(stepId)}
			onView={change => changeView(stepId, change)}
			lines={session.lines}
			onIntent={intent => session.send(intent)}
		/>
	);
};

/**
 * Where the learner looks in a step. A question or the key list lies over a step: the learner comes back to the same
 * place. Keys that come faster than frames find what the key before them did.
 */
const useView = (first: string) => {
	const latest = useRef({stepId: first, view: initialView});
	const [, draw] = useState(latest.current);
	const viewOf = (stepId: string): View =>
		latest.current.stepId === stepId ? latest.current.view : initialView;
	const changeView = (stepId: string, change: (before: View) => View): View => {
		latest.current = {stepId, view: change(viewOf(stepId))};
		draw(latest.current);
		return latest.current.view;
	};
	return {viewOf, changeView};
};
