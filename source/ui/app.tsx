import {useWindowSize} from 'ink';
import {useState, useSyncExternalStore} from 'react';
import type {Session} from '../session/state.js';
import {ChaptersScreen} from './chapters-screen.js';
import {endLines} from './end-lines.js';
import {keysLines} from './keys-lines.js';
import {PageScreen} from './page-screen.js';
import {questionLines} from './question-lines.js';
import {StepScreen} from './step-screen.js';
import {type Surroundings, SurroundingsContext} from './surroundings.js';
import {useKeys} from './use-keys.js';
import {initialView} from './view.js';
import {welcomeLines} from './welcome-lines.js';

/** The whole screen: reads the session, draws it, sends intents. It runs nothing. */
export const App = ({session, surroundings}: {session: Session; surroundings: Surroundings}) => (
	<SurroundingsContext value={surroundings}>
		<Screen session={session} surroundings={surroundings} />
	</SurroundingsContext>
);

const Screen = ({session, surroundings: {symbols}}: {session: Session; surroundings: Surroundings}) => {
	const state = useSyncExternalStore(session.subscribe, session.getState);
	const terminal = useWindowSize();
	const viewKeys = useKeys(session);
	// A question or the key list lies over a step: the learner comes back to the same place in its text.
	const [place, setPlace] = useState({stepId: state.stepId, view: initialView});
	const shown = {state, terminal, viewKeys};

	const {question, overlay, screen, stepId} = state;
	if (question) {
		return (
			<PageScreen key={question.title} {...shown} linesFor={columns => questionLines(question, columns)} />
		);
	}
	if (overlay === 'keys') {
		return <PageScreen key="keys" {...shown} linesFor={columns => keysLines(columns, symbols)} />;
	}
	if (overlay === 'chapters') return <ChaptersScreen {...shown} onIntent={intent => session.send(intent)} />;
	if (screen === 'welcome') {
		return (
			<PageScreen key="welcome" {...shown} linesFor={columns => welcomeLines(state, columns, symbols)} />
		);
	}
	if (screen === 'end') {
		return <PageScreen key="end" {...shown} linesFor={columns => endLines(state, columns, symbols)} />;
	}
	return (
		<StepScreen
			key={stepId}
			{...shown}
			view={place.stepId === stepId ? place.view : initialView}
			onView={change =>
				setPlace(before => ({stepId, view: change(before.stepId === stepId ? before.view : initialView)}))
			}
		/>
	);
};
