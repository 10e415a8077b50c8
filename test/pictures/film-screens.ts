import type {Frame} from '../tools/draw-film.js';
import type {Cell} from '../tools/emulate-terminal.js';
import type {TestTerminal} from '../tools/terminal.js';

/** Screens closer than this show one as the last of them: so many a second are enough, and keep the file small. */
const frameSeconds = 0.2;
/** A screen that stood for less is half of one, cut where its output came in two pieces. */
const leastSeconds = 0.03;

type Shot = {cells: Cell[][]; at: number};

/** Films a terminal while it is waited for. `look`: takes its screen. */
export const filmScreens = (terminal: TestTerminal, look: () => Cell[][]) => {
	const frames: Frame[] = [];
	return {
		frames,
		/** Keeps the screen as it stands, by the name of a scene. */
		keep: (viewModel: string, seconds: number): void => void frames.push({cells: look(), seconds, viewModel}),
		/** Films until the screen holds `wanted`, which is not in it. */
		async until(wanted: RegExp): Promise<void> {
			const shots: Shot[] = [];
			await terminal.waitUntil(
				rows => {
					if (wanted.test(rows.join('\n'))) return true;
					shots.push({cells: look(), at: performance.now() / 1000});
					return false;
				},
				String(wanted),
				60_000,
			);
			frames.push(...framesOf(shots, performance.now() / 1000));
		},
	};
};

const framesOf = (shots: Shot[], ended: number): Frame[] => {
	const stood = shots.filter(({at}, index) => (shots[index + 1]?.at ?? ended) - at >= leastSeconds);
	const begins = stood.filter(({at}, index) => {
		const next = stood[index + 1]?.at ?? Number.POSITIVE_INFINITY;
		return Math.floor(at / frameSeconds) !== Math.floor(next / frameSeconds);
	});
	return begins.map(({cells, at}, index) => ({cells, seconds: (begins[index + 1]?.at ?? ended) - at}));
};
