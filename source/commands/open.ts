import process from 'node:process';
import {findEditor} from '../runner/find-editor.js';
import {keepTerminalSettings} from '../runner/keep-terminal-settings.js';
import {createLender} from '../session/create-lender.js';
import {createSession} from '../session/create-session.js';
import {initialState} from '../session/initial-state.js';
import type {World} from '../session/world.js';
import {createHistory} from '../storage/history.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/inherited-environment.js';
import {prefersPlain} from '../ui/plain/prefers-plain.js';
import type {WatchedWorkshop} from './authoring/watch-workshop.js';
import {onEndSignal} from './end-signals.js';
import {type Draw, keepOpen} from './keep-open.js';
import {createLiveWorld} from './live-world.js';
import {type OpenWorkshop, openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printMessage} from './print.js';
import {createReplayWorld, demandReplayWorld} from './replay-world.js';
import {demandReportFile, reportWritten, writeNewReport, writeReport} from './report-file.js';
import {spareMemory} from './spare-memory.js';
import {createConsent} from './trust/create-consent.js';
import {obtainTrust} from './trust/obtain-trust.js';

/** Opens a workshop on the screen, or as lines where a screen is of no use. */
export const open: Command = async ([name], options) => {
	const opened = openWorkshop(name ?? options.workshop, options.dir);
	const {report} = options;
	if (report !== null) await demandReportFile(report);
	// Where nobody sits at the keys, nobody can be asked on the way. A recording runs nothing.
	if (!options.replay && !process.stdin.isTTY) await obtainTrust(opened, options);
	const recording = createReplayWorld(opened, 1);
	const live = options.replay ? null : createLiveWorld(opened);
	const world: World = live ?? demandReplayWorld(opened, 1);
	if (live && options.pack !== null) {
		const {takeFromPack} = await import('./take-from-pack.js');
		const abort = new AbortController();
		onEndSignal(exitCode => abort.abort(exitCode));
		// That no engine answers is the screen's to say: it offers the recording then.
		const taking = {signal: abort.signal, before: 'screen'} as const;
		const stopped = await takeFromPack(options.pack, opened, taking);
		if (stopped !== null) return stopped;
	}
	spareMemory();
	const watched = options.watch ? await watch(opened) : null;
	const lender = createLender(keepTerminalSettings);
	const session = createSession({
		state: initialState(opened.workshop, {
			dialect: options.shell,
			labFolder: opened.lab.path,
			builder: options.builder ?? 'buildkit',
		}),
		world,
		recording: live ? recording : null,
		lab: opened.lab,
		consent: live ? createConsent(opened, {trust: options.trust, watched}) : null,
		environment: inheritedEnvironment(),
		lender,
		findEditor,
		stopProgram: () => process.kill(process.pid, 'SIGTSTP'),
		history: createHistory(stateFolder()),
		solutionOf: opened.solutionOf,
		saveReport: writeNewReport,
	});
	const isPlain = options.plain || prefersPlain(process.env, process);
	const draw = isPlain ? drawPlain : drawScreen;
	const follow: Draw = (kept, means) => {
		watched?.follow(({workshop, problems}) => kept.reload(workshop, problems), means.signal);
		return draw(kept, means);
	};
	const exitCode = await keepOpen(session, follow, {isPlain, lender});
	if (report !== null) {
		await writeReport(report, session.getState());
		printMessage(reportWritten(report));
	}
	return exitCode;
};

// Only one of the two is loaded: Ink takes its time. The first frame doesn't wait for it.
const drawScreen: Draw = async (session, {signal, lender}) => {
	const {paintScreen} = await import('../ui/paint-screen.js');
	const painted = paintScreen(session.getState());
	const {openScreen} = await import('../ui/open-screen.js').catch(error => {
		painted?.remove();
		throw error;
	});
	const closed = openScreen(session, {signal, lender, painted});
	// Nor does it wait for the engine.
	setImmediate(session.begin);
	await closed;
};

const drawPlain: Draw = async (session, {signal}) => {
	const {openPlain} = await import('../ui/plain/open-plain.js');
	const closed = openPlain(session, {signal});
	setImmediate(session.begin);
	await closed;
};

/** What knows Dockerfiles is heavy, and learners don't need it. */
const watch = async (opened: OpenWorkshop): Promise<WatchedWorkshop> => {
	const {watchWorkshop} = await import('./authoring/watch-workshop.js');
	return watchWorkshop(opened);
};
