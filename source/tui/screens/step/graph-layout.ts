/** A stage, and the names of the stages it uses. */
export type Dependent = {name: string; needs: string[]};

/** One place in a layer: a stage, or the line of an earlier stage that passes through. */
export type Slot = {
	/** Index of the stage that stands here, or whose line passes through. */
	stage: number;
	isPassing: boolean;
};

/**
 * Stages in layers from left to right, each to the right of all that it needs. The row of a slot is its index in the
 * layer. `edges`: for each gap between two layers, the rows that its lines connect.
 */
export type GraphLayout = {layers: Slot[][]; edges: Edge[][]};
export type Edge = {from: number; to: number};

/** Layers with more slots keep their order, because they have too many orders to try. */
const maxOrdered = 6;

/** Lays a graph out, layer by layer, so that few lines cross. */
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

/** The indexes of the stages that a stage needs. Names of other things are ignored. */
const needIndices = ({needs}: Dependent, stages: Dependent[]): number[] =>
	needs.map(need => stages.findIndex(({name}) => name === need)).filter(index => index >= 0);

/** The length of the longest path to each stage from one that needs nothing. Stages come after all that they need. */
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

/** The cost of a layout: the rows that its lines climb and, with more weight, the lines that cross. */
const layoutCost = (edges: Edge[]): number => {
	const climbed = edges.reduce((sum, {from, to}) => sum + Math.abs(from - to), 0);
	const crossings = edges.flatMap((one, index) =>
		edges.slice(index + 1).filter(other => (one.from - other.from) * (one.to - other.to) < 0),
	);
	return climbed + 3 * crossings.length;
};

/**
 * Edges that share one vertical line, from all rows in `from` to all rows in `to`. `column`: of the vertical line, from
 * 0; null: the edge is straight.
 */
export type Route = {from: number[]; to: number[]; column: number | null};

/**
 * Gives the edges between two layers vertical lines, so that none runs on top of another. Null if that is impossible.
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

/** Groups edges: those from rows that lead to the same rows belong together. */
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

/**
 * Whether the vertical line of `one` must be to the left of the other: `one` arrives on a row on which `other` leaves.
 */
const mustPrecede = (one: Route, other: Route): boolean => one.from.some(row => other.to.includes(row));
