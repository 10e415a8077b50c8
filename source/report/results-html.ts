import {h} from 'hastscript';
import type {Collection, SeatResults, WorkshopResults} from '../classroom/collect.js';
import {messages} from '../messages/index.js';
import {htmlPage} from './report-html.js';

/** The titles of the workshops at hand, by ID, with those of their steps. */
export type WorkshopTitles = ReadonlyMap<string, {title: string; steps: ReadonlyMap<string, string>}>;

/** One version of a workshop, with all who worked through it. */
type Version = {id: string; hash: string; seats: Array<{seat: SeatResults; results: WorkshopResults}>};

/** The results of a class as one HTML page that needs nothing else and runs nothing. */
export const resultsHtml = (collection: Collection, titles: WorkshopTitles): string => {
	const say = messages.results.page;
	const {seats, problems} = collection;
	const troubles = [
		...problems.map(({file, ...problem}) => messages.results.problem(file, problem)),
		...seats.filter(({isForked}) => isForked).map(({name, id}) => say.forked(name, shortId(id))),
	];
	const body = h('body', [
		h('main', [
			h('h1', say.title),
			h('p', {className: 'made'}, say.learners(seats.length)),
			h('p', say.honest),
			...listVersions(collection).flatMap(version => versionParts(version, titles)),
			h('h2', say.problems),
			troubles.length === 0
				? h('p', say.noProblems)
				: h(
						'ul',
						troubles.map(trouble => h('li', trouble)),
					),
		]),
	]);
	return htmlPage(say.title, body, tableStyles);
};

const tableStyles = `
body { max-width: 76rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.6rem 0; font-size: 0.95rem; overflow-wrap: break-word; }
th, td { padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--faint); text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; }
tbody th { font-weight: 600; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
`;

/** Enough to tell the seats of a class, or versions of a workshop, apart. */
const shortId = (id: string): string => id.slice(0, 8);

const listVersions = ({seats}: Collection): Version[] => {
	const versions = new Map<string, Version>();
	for (const seat of seats) {
		for (const results of seat.workshops) {
			const {id, hash} = results;
			const key = `${id} ${hash}`;
			const version = versions.get(key) ?? {id, hash, seats: []};
			version.seats.push({seat, results});
			versions.set(key, version);
		}
	}
	return [...versions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
};

const versionParts = ({id, hash, seats}: Version, titles: WorkshopTitles) => {
	const say = messages.results.page;
	const known = titles.get(id);
	const titleOf = (step: string) => known?.steps.get(step) ?? step;
	const heading = say.workshop(known?.title ?? id, shortId(hash));
	const learners = seats.map(({seat, results}) => learnerRow(seat, results, titleOf));
	return [
		h('h2', heading),
		h('h3', say.byLearner),
		table(say.table(say.byLearner, heading), say.learnerColumns, learners),
		h('h3', say.byStep),
		table(say.table(say.byStep, heading), say.stepColumns, stepRows(seats, titleOf)),
	];
};

type Cell = string | number;

const learnerRow = (
	{name, id}: SeatResults,
	{steps}: WorkshopResults,
	titleOf: (step: string) => string,
): Cell[] => {
	const say = messages.results.page;
	const sum = (of: (step: (typeof steps)[number]) => number) =>
		steps.reduce((all, step) => all + of(step), 0);
	const predicted = steps.filter(({prediction}) => prediction !== null);
	const modes = new Set(steps.map(({mode}) => mode));
	const [mode = 'real'] = modes;
	return [
		name,
		shortId(id),
		steps.filter(({verdict}) => verdict === 'passed').length,
		steps
			.filter(({verdict}) => verdict !== 'passed')
			.map(({step, finding}) => say.finding(titleOf(step), finding))
			.join('; '),
		sum(({attempts}) => attempts),
		sum(({hints}) => hints),
		say.predictions(predicted.filter(({prediction}) => prediction === 'right').length, predicted.length),
		say.modes[modes.size > 1 ? 'both' : mode],
	];
};

/** Which step stopped how many: the steps in the order in which any learner has them. */
const stepRows = (seats: Version['seats'], titleOf: (step: string) => string): Cell[][] => {
	const all = seats.flatMap(({results}) => results.steps);
	const order = longestOrder(seats);
	return order.map(step => {
		const tries = all.filter(one => one.step === step);
		const passed = tries.filter(({verdict}) => verdict === 'passed').length;
		const findings = new Map<string, number>();
		for (const {verdict, finding} of tries)
			if (verdict !== 'passed' && finding !== null) findings.set(finding, (findings.get(finding) ?? 0) + 1);
		const counted = [...findings].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
		const {countedFinding} = messages.results.page;
		return [
			titleOf(step),
			passed,
			tries.length - passed,
			counted.map(([finding, times]) => countedFinding(times, finding)).join(', '),
		];
	});
};

/** All steps: those of each learner are in the order of the workshop already. */
const longestOrder = (seats: Version['seats']): string[] => {
	const orders = seats.map(({results}) => results.steps.map(({step}) => step));
	const longest = [...orders].sort((a, b) => b.length - a.length)[0] ?? [];
	return [...new Set([...longest, ...orders.flat()])];
};

/** The first column names the row. A table that is too wide can be scrolled with the keyboard. */
const table = (label: string, columns: string[], rows: Cell[][]) =>
	h('div', {className: 'wide', tabIndex: 0, role: 'region', ariaLabel: label}, [
		h('table', [
			h('thead', [
				h(
					'tr',
					columns.map(column => h('th', {scope: 'col'}, column)),
				),
			]),
			h(
				'tbody',
				rows.map(([first = '', ...cells]) =>
					h('tr', [
						h('th', {scope: 'row'}, String(first)),
						...cells.map(one => h('td', {className: typeof one === 'number' ? 'number' : null}, String(one))),
					]),
				),
			),
		]),
	]);
