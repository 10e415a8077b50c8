import process from 'node:process';
import {createLiveBackend} from '../app/live-backend.js';
import {openPackedWorkshop} from '../app/open-packed-workshop.js';
import type {OpenWorkshop} from '../app/open-workshop.js';
import {printMessage} from '../app/output.js';
import {onEndSignal, runUntilEnded, type ShowSession, tuneGarbageCollector} from '../app/process.js';
import {createReplayBackend, requireReplayBackend} from '../app/replay-backend.js';
import {assertReportWritable, describeReportFile, writeNewReport, writeReport} from '../app/report-file.js';
import type {PackSource} from '../pack/remote-pack.js';
import {prefersPlain} from '../plain/prefers-plain.js';
import {findEditor, preserveTerminalSettings} from '../runner/terminal-handover.js';
import {hasJoined} from '../seat/joined.js';
import type {Backend} from '../session/run-context.js';
import {createSession, type OpenSession} from '../session/session.js';
import {createInitialState} from '../session/state.js';
import {createTerminalHandover} from '../session/terminal-handover.js';
import {createHistory} from '../storage/history.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import type {Command, Options} from './flags.js';
import {createConsent, obtainTrust} from './trust.js';

/** Opens a workshop on the screen, or as plain lines if a screen is of no use. */
export const open: Command = ([name], options) => openFromPack(name ?? options.workshop, options);

/** The same, for a pack that may have been named by a class. */
export const openFromPack = async (
	name: string,
	options: Omit<Options, 'pack'> & {pack: string | PackSource | null},
): Promise<number> => {
	const opened = await openPackedWorkshop(name, options);
	const {report} = options;
	if (report !== null) await assertReportWritable(report);
	// Without a terminal, there is no question later. A recording runs nothing.
	if (!options.replay && !process.stdin.isTTY) await obtainTrust(opened, options);
	const recording = createReplayBackend(opened, 1);
	const live = options.replay ? null : createLiveBackend(opened);
	const backend: Backend = live ?? requireReplayBackend(opened, 1);
	if (live && options.pack !== null) {
		const {loadFromPack} = await import('../app/load-from-pack.js');
		const abort = new AbortController();
		onEndSignal(exitCode => abort.abort(exitCode));
		// If no engine answers, the screen says so and offers the recording.
		const stopped = await loadFromPack(options.pack, opened, {signal: abort.signal, before: 'screen'});
		if (stopped !== null) return stopped;
	}
	tuneGarbageCollector();
	// Loaded on demand: the Dockerfile parser is slow to load, and learners don't need it.
	const watched = options.watch ? (await import('../app/authoring.js')).watchWorkshop(opened) : null;
	const handover = createTerminalHandover(preserveTerminalSettings);
	const classroom = hasJoined(stateFolder()) ? (await import('../app/open-seat.js')).openSeat(opened) : null;
	const session = createSession({
		state: createInitialState(opened.workshop, {
			dialect: options.shell,
			labFolder: opened.lab.path,
			builder: options.builder ?? 'buildkit',
		}),
		backend,
		recording: live ? recording : null,
		lab: opened.lab,
		classroom,
		consent: live ? createConsent(opened, {trust: options.trust, watched}) : null,
		environment: inheritedEnvironment(),
		handover,
		findEditor,
		stopProgram: () => process.kill(process.pid, 'SIGTSTP'),
		history: createHistory(stateFolder()),
		solutionOf: opened.solutionOf,
		saveReport: writeNewReport,
	});
	const isPlain = options.plain || prefersPlain(process.env, process);
	const draw = isPlain ? showPlain : showScreen;
	const follow: ShowSession = (kept, shown) => {
		watched?.follow(({workshop, problems}) => kept.reload(workshop, problems), shown.signal);
		// After the first frame.
		setImmediate(async () => {
			(await import('../app/keep-results.js')).keepResults(kept, opened);
			await followReviews(kept, opened);
		});
		return draw(kept, shown);
	};
	const exitCode = await runUntilEnded(session, follow, {isPlain, handover}).finally(classroom?.close);
	if (report !== null) {
		await writeReport(report, session.getState());
		printMessage(describeReportFile(report));
	}
	return exitCode;
};

const followReviews = async (session: OpenSession, opened: OpenWorkshop): Promise<void> => {
	const {enrolReviews} = await import('../app/enrol-reviews.js');
	const {createReviewStore} = await import('../storage/review-store.js');
	const {shipped, folder} = opened;
	const place = shipped ? opened.workshop.id : folder;
	enrolReviews(session, {store: createReviewStore(stateFolder()), place, shipped, now: Date.now});
};

// Only one of the two is loaded. Ink is slow to load, so the first frame is drawn before.
const showScreen: ShowSession = async (session, {signal, handover}) => {
	const {paintFirstFrame} = await import('../tui/paint-first-frame.js');
	const painted = paintFirstFrame(session.getState());
	const {openScreen} = await import('../tui/open-screen.js').catch(error => {
		painted?.remove();
		throw error;
	});
	const closed = openScreen(session, {signal, handover, painted});
	// The engine is contacted after the first frame.
	setImmediate(session.begin);
	await closed;
};

const showPlain: ShowSession = async (session, {signal}) => {
	const {openPlain} = await import('../plain/open-plain.js');
	const closed = openPlain(session, {signal});
	setImmediate(session.begin);
	await closed;
};
