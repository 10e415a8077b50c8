/** A stage, and the names of the stages it uses. */
export type Dependent = {name: string; needs: string[]};

/** One place of a layer: a stage, or the line of an earlier one that goes past it. */
export type Slot = {
	/** The stage that stands here, or whose line passes; counted as given. */
	stage: number;
	isPassing: boolean;
};

/**
 * Stages in layers from left to right: each one behind all that it needs. A slot's row is its place in its layer.
 * `edges`: between each layer and the next one, pairs of rows.
 */
export type GraphLayout = {layers: Slot[][]; edges: Edge[][]};
export type Edge = {from: number; to: number};

/** Layers with more slots are left as they come: their orders are too many to try. */
const maxOrdered = 6;

/** Lays a graph out; lines cross as rarely as can be without much ado. */
export const layoutGraph = (stages: Dependent[]): GraphLayout => {
	const needs = stages.map(stage => needIndices(stage, stages));
	const depths = stageDepths(needs);
	const layers: Slot[][] = [];
	const edges: Edge[][] = [];
	for (let depth = 0; depth <= Math.max(0, ...depths); depth++) {
		const slots = slotsAt(depth, {needs, depths});
		const before = layers.at(-1);
		if (!before) {
			layers.push(slots);
			continue;
		}
		const ordered = bestOrder(slots, before, needs);
		layers.push(ordered);
		edges.push(edgesBetween(before, ordered, needs));
	}
	return {layers, edges};
};

/** A need that is no stage before this one is no edge: a Dockerfile knows none. */
const needIndices = ({needs}: Dependent, stages: Dependent[]): number[] =>
	needs.map(need => stages.findIndex(({name}) => name === need)).filter(index => index >= 0);

/** The longest way to each stage from one that needs nothing. Needs stand before those who need them. */
const stageDepths = (needs: number[][]): number[] => {
	const depths: number[] = [];
	for (const own of needs) depths.push(Math.max(-1, ...own.map(need => depths[need] ?? -1)) + 1);
	return depths;
};

type Graph = {needs: number[][]; depths: number[]};

/** Stages first, in Dockerfile order, then the lines of earlier stages that are needed further on. */
const slotsAt = (depth: number, {needs, depths}: Graph): Slot[] => {
	const standing = depths.flatMap((own, stage) => (own === depth ? [{stage, isPassing: false}] : []));
	const passing = depths.flatMap((own, stage) =>
		own < depth && needs.some((used, user) => used.includes(stage) && (depths[user] ?? 0) > depth)
			? [{stage, isPassing: true}]
			: [],
	);
	return [...standing, ...passing];
};

const edgesBetween = (before: Slot[], after: Slot[], needs: number[][]): Edge[] =>
	before.flatMap(({stage}, from) =>
		after.flatMap((slot, to) => {
			const isLinked = slot.isPassing ? slot.stage === stage : needs[slot.stage]?.includes(stage);
			return isLinked ? [{from, to}] : [];
		}),
	);

const bestOrder = (slots: Slot[], before: Slot[], needs: number[][]): Slot[] => {
	if (slots.length > maxOrdered) return slots;
	let best = slots;
	let least = Number.POSITIVE_INFINITY;
	for (const order of permutations(slots)) {
		const cost = layoutCost(edgesBetween(before, order, needs));
		if (cost < least) {
			best = order;
			least = cost;
		}
	}
	return best;
};

/** All orders, the given one first. */
const permutations = <Item>(items: Item[]): Item[][] =>
	items.length < 2
		? [items]
		: items.flatMap((first, index) => permutations(items.toSpliced(index, 1)).map(rest => [first, ...rest]));

/** Rows that lines climb, and what a reader dislikes more: lines that cross. */
const layoutCost = (edges: Edge[]): number => {
	const climbed = edges.reduce((sum, {from, to}) => sum + Math.abs(from - to), 0);
	const crossings = edges.flatMap((one, index) =>
		edges.slice(index + 1).filter(other => (one.from - other.from) * (one.to - other.to) < 0),
	);
	return climbed + 3 * crossings.length;
};

/** Edges that share one upright line: all go from these rows to those. `column`: of that line, from 0; null: none. */
export type Route = {from: number[]; to: number[]; column: number | null};

/**
 * Gives the edges of one gap between two layers their upright lines, so that no line runs along another one. Null
 * when that can't be done.
 */
export const routeLines = (edges: Edge[]): Route[] | null => {
	const straight: Route[] = [];
	let open: Route[] = [];
	for (const route of groupEdges(edges)) {
		const isStraight = route.from.length === 1 && route.to.length === 1 && route.from[0] === route.to[0];
		(isStraight ? straight : open).push(route);
	}
	const routed: Route[] = [];
	while (open.length > 0) {
		const next = open.find(route => open.every(other => other === route || !mustPrecede(other, route)));
		if (!next) return null;
		routed.push({...next, column: routed.length});
		open = open.filter(route => route !== next);
	}
	return [...straight, ...routed];
};

/** Rows that go to the same rows go together. */
const groupEdges = (edges: Edge[]): Route[] => {
	const targets = new Map<number, number[]>();
	for (const {from, to} of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
	const groups = new Map<string, Route>();
	for (const [from, to] of targets) {
		const group = groups.get(String(to)) ?? {from: [], to, column: null};
		group.from.push(from);
		groups.set(String(to), group);
	}
	return [...groups.values()];
};

/** A line that comes in on a row on which the other one goes out has to end before that one begins. */
const mustPrecede = (one: Route, other: Route): boolean => one.from.some(row => other.to.includes(row));
