import path from 'node:path';
import type {OpenWorkshop} from '../../../source/app/open-workshop.js';
import {createRecordingLibrary, createReplayBackend} from '../../../source/app/replay-backend.js';
import type {Progress} from '../../../source/session/passed-steps.js';
import type {Classroom, EngineIdentity, History} from '../../../source/session/ports.js';
import type {Backend, Consent} from '../../../source/session/run-context.js';
import {createSession, type OpenSession} from '../../../source/session/session.js';
import {createInitialState, type SessionState} from '../../../source/session/state.js';
import {createTerminalHandover, type TerminalHandover} from '../../../source/session/terminal-handover.js';
import {listFiles, readTextFile} from '../../../source/storage/files.js';
import {readWorkshopFiles} from '../../../source/storage/workshop-files.js';
import type {Overlay, Workshop} from '../../../source/workshop/model.js';
import {hashTexts, parseOverlay, parseWorkshop} from '../../../source/workshop/parse-workshop.js';
import {parsedWorkshops} from '../../../source/workshop/parsed-workshops.js';
import {listPatches} from '../../../source/workshop/patches.js';
import {identity as sampleIdentity} from '../../tui/sample-state.js';
import {createFakeBackend, type FakeBackend, type FakeBackendOptions} from './fake-backend.js';
import {createFakeHistory} from './fake-history.js';
import {createFakeLab, type FakeLab, type Texts} from './fake-lab.js';
import {createFakeProgress, type FakeProgress} from './fake-progress.js';

export type FakeSessionOptions = Partial<
	Pick<FakeBackendOptions, 'script' | 'ledger' | 'transcripts' | 'findings'>
> & {
	/** A folder in `workshops`, or an absolute path. Default: `multi-stage`. */
	workshop?: string;
	/** `recording`: a recording replaces the engine. Default: `engine`. */
	on?: 'engine' | 'recording';
	/** False: the workshop offers no recording. */
	hasRecording?: boolean;
	identity?: Partial<EngineIdentity>;
	/** The step to resume at, and the passed steps. Default: all steps before it. */
	stepId?: string;
	passed?: string[];
	progress?: Partial<Progress>;
	/** The playback speed of a recording, as a multiple of the recorded speed. Default: no delays. */
	speed?: number;
	consent?: Consent | null;
	classroom?: Classroom | null;
	/** The lines typed before, or a history that several sessions share. */
	history?: string[] | History;
	editor?: string[] | null;
	/** Changes the workshop after it was read. */
	changeWorkshop?: (workshop: Workshop) => Workshop;
	/** Called before the session is opened. */
	prepare?: (backend: FakeBackend, lab: FakeLab) => void;
};

export type FakeSession = OpenSession & {
	backend: FakeBackend;
	/** The progress of the recording. */
	recorded: FakeProgress;
	lab: FakeLab;
	handover: TerminalHandover;
	/** The states of which reports were written. */
	reports: SessionState[];
	/** The number of times that the program was suspended. */
	stops(): number;
	/** Resolves with the state as soon as `holds` accepts it; rejects after a minute with the current state. */
	until(holds: (state: SessionState) => boolean, wanted: string): Promise<SessionState>;
	/** Resolves with the state once the engine is known and no command runs. */
	settled(): Promise<SessionState>;
};

const known = new Map<string, ReturnType<typeof readFolder>>();

/** Workshops don't change during tests, so each is read once. */
const readWorkshop = (name: string) => {
	const folder = path.resolve('workshops', name);
	const read = known.get(folder) ?? readFolder(folder);
	known.set(folder, read);
	return read;
};

/** Reads a workshop's folder into memory, for a lab folder and a session. */
const readFolder = (folder: string) => {
	const files = readWorkshopFiles(folder);
	const parsed = parsedWorkshops[hashTexts(files)];
	const workshop = parsed ? (JSON.parse(parsed) as Workshop) : parseWorkshop(files).workshop;
	if (!workshop) throw new Error(`${folder} can't be read.`);
	const textsIn = (root: string): Texts =>
		Object.fromEntries(listFiles(root).map(file => [file, readTextFile(path.join(root, file))]));
	const shipped = Object.fromEntries(
		workshop.contexts.flatMap(context =>
			Object.entries(textsIn(path.join(folder, context))).map(([file, text]) => [`${context}/${file}`, text]),
		),
	);
	const overlays = new Map<string, Texts>();
	for (const kind of ['solutions', 'broken', 'attempts']) {
		for (const [file, text] of Object.entries(textsIn(path.join(folder, kind)))) {
			const parts = file.split('/');
			const name = [kind, ...parts.splice(0, kind === 'attempts' ? 2 : 1)].join('/');
			if (parts.join('/') !== 'run.yaml')
				overlays.set(name, {...overlays.get(name), [parts.join('/')]: text});
		}
	}
	const solutionOf = (stepId: string): Overlay => {
		const file = `solutions/${stepId}/run.yaml`;
		const {overlay} = parseOverlay(file, readTextFile(path.join(folder, file)));
		if (!overlay) throw new Error(`${file} can't be read.`);
		return overlay;
	};
	return {folder, workshop, shipped, overlays: Object.fromEntries(overlays), solutionOf};
};

/** Opens a session on a machine in memory. It is idle until `begin`. */
export const openFakeSession = (options: FakeSessionOptions = {}): FakeSession => {
	const {workshop: name = 'multi-stage', on = 'engine', hasRecording = true} = options;
	const {folder, workshop: read, shipped, overlays, solutionOf} = readWorkshop(name);
	const workshop = options.changeWorkshop?.(read) ?? read;
	const lab = createFakeLab({
		folder: `/home/ada/${workshop.id}`,
		shipped,
		overlays,
		patches: listPatches(workshop),
	});
	const open: OpenWorkshop = {
		...{workshop, folder, lab, solutionOf},
		shipped: true,
		owner: {id: workshop.id, argument: workshop.id},
		labIn: () => lab,
	};
	const library = createRecordingLibrary(open);
	const progress = progressAt(workshop, options);
	const backend = createFakeBackend({
		workshop,
		lab,
		identity: {...sampleIdentity, ...options.identity},
		readRecording: wanted => readRecorded(library, wanted),
		progress,
		...pick(options),
	});
	options.prepare?.(backend, lab);
	const recorded = createFakeProgress(on === 'recording' ? progress : null);
	const replayed = hasRecording ? createReplayBackend(open, options.speed ?? Number.POSITIVE_INFINITY) : null;
	const recording: Backend | null = replayed && {...replayed, progress: recorded.open()};
	if (on === 'recording' && !recording) throw new Error('There is no recording.');
	const reports: SessionState[] = [];
	let stops = 0;
	const handover = createTerminalHandover();
	const session = createSession({
		state: createInitialState(workshop, {dialect: 'sh', labFolder: lab.path, builder: 'buildkit'}),
		backend: on === 'recording' && recording ? recording : backend,
		recording: on === 'recording' ? null : recording,
		lab,
		consent: options.consent ?? null,
		classroom: options.classroom ?? null,
		environment: {HOME: '/home/ada'},
		history: Array.isArray(options.history)
			? createFakeHistory(options.history)
			: (options.history ?? createFakeHistory()),
		handover,
		findEditor: () => options.editor ?? null,
		stopProgram: () => stops++,
		solutionOf,
		async saveReport(state) {
			reports.push(state);
			return `/home/ada/${workshop.id}-report.html`;
		},
	});
	return {
		...session,
		// A getter, as switching to the recording changes the lines.
		get lines() {
			return session.lines;
		},
		...{backend, recorded, lab, handover, reports},
		stops: () => stops,
		until: (holds, wanted) => waitFor(session, holds, wanted),
		settled: () =>
			waitFor(
				session,
				({engine, runningStepId}) => engine.status !== 'connecting' && runningStepId === null,
				'nothing that runs',
			),
	};
};

const pick = ({script, ledger, transcripts, findings}: FakeSessionOptions) => ({
	...(script && {script}),
	...(ledger && {ledger}),
	...(transcripts && {transcripts}),
	...(findings && {findings}),
});

/** Live commands play the recordings of the newest engine. */
const readRecorded = (
	library: ReturnType<typeof createRecordingLibrary>,
	wanted: Parameters<typeof library.read>[0],
) => (library.engines.length === 0 ? null : library.read(wanted));

const progressAt = (workshop: Workshop, {stepId, passed, progress}: FakeSessionOptions): Progress | null => {
	if (stepId === undefined && !progress) return null;
	const ids = workshop.chapters.flatMap(({steps}) => steps.map(({id}) => id));
	const before = passed ?? ids.slice(0, Math.max(0, ids.indexOf(stepId ?? '')));
	return {
		format: 1,
		workshop: workshop.id,
		stepId: stepId ?? null,
		passed: Object.fromEntries(before.map(id => [id, {at: '2026-01-02T03:04:05Z', finding: 'passed'}])),
		hints: {},
		captured: {},
		builder: null,
		labFolder: '',
		engineId: null,
		...progress,
	};
};

/** Waits for a state, checked after each change. */
const waitFor = (
	session: OpenSession,
	holds: (state: SessionState) => boolean,
	wanted: string,
): Promise<SessionState> =>
	new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			unsubscribe();
			const {stepId, screen, notice, question, runningStepId, runs, challenges} = session.getState();
			const verdict = runs[stepId]?.verdict ?? challenges[stepId] ?? null;
			const seen = JSON.stringify({stepId, screen, notice, question, runningStepId, verdict}, null, 2);
			reject(new Error(`The session did not come to ${wanted}. It stands at ${seen}`));
		}, 60_000);
		const look = () => {
			if (!holds(session.getState())) return;
			clearTimeout(timer);
			unsubscribe();
			resolve(session.getState());
		};
		const unsubscribe = session.subscribe(look);
		look();
	});
