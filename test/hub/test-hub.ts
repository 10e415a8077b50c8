import type {ExecutionContext} from 'ava';
import type {WorkshopOutline} from '../../source/classroom/room.js';
import {type Hub, type HubOptions, openHub} from '../../source/hub/hub.js';

/** A small workshop, as a board knows it. */
export const outline: WorkshopOutline = {
	id: 'multi-stage',
	title: 'Multi-stage builds',
	hash: 'a'.repeat(64),
	chapters: ['first', 'second'].map(chapter => ({
		id: chapter,
		title: chapter,
		steps: ['build', 'run'].map(step => ({
			id: `${chapter}-${step}`,
			title: step,
			isMain: true,
			isChallenge: step === 'run',
			hints: ['Look at the last stage.', 'Look at the ports.'],
			fittingHints: [{findings: ['published-wrong-port'], text: 'Look at -p.'}],
			hasSolution: step === 'run',
		})),
	})),
};

/** What a hub in tests is opened with, on a free port of loopback. */
export const hubOptions: HubOptions = {
	title: 'Room 12',
	host: '127.0.0.1',
	port: 0,
	workshops: [outline],
	manifest: Buffer.from('{"format":1}'),
	programHash: null,
	handOut: () => (_, response) => response.end('hand-out'),
	keep: null,
	resume: false,
	tell: () => {},
};

/** Opens a hub, which is closed when the test ends. */
export const openTestHub = async (t: ExecutionContext, options: Partial<HubOptions> = {}): Promise<Hub> => {
	const hub = await openHub({...hubOptions, ...options});
	t.teardown(() => hub.close());
	return hub;
};
