import type {Edge} from '../graph/graph-layout.js';

/** Edges that share one upright line: all go from these rows to those. `column`: of that line, from 0; null: none. */
export type Route = {from: number[]; to: number[]; column: number | null};

/**
 * Gives the edges of one gap between two layers their upright lines, so that no line runs along another one. Null
 * when that can't be done.
 */
export const routeLines = (edges: Edge[]): Route[] | null => {
	const straight: Route[] = [];
	let open: Route[] = [];
	for (const route of groupsOf(edges)) {
		const isStraight = route.from.length === 1 && route.to.length === 1 && route.from[0] === route.to[0];
		(isStraight ? straight : open).push(route);
	}
	const routed: Route[] = [];
	while (open.length > 0) {
		const next = open.find(route => open.every(other => other === route || !mustStandBefore(other, route)));
		if (!next) return null;
		routed.push({...next, column: routed.length});
		open = open.filter(route => route !== next);
	}
	return [...straight, ...routed];
};

/** Rows that go to the same rows go together. */
const groupsOf = (edges: Edge[]): Route[] => {
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
const mustStandBefore = (one: Route, other: Route): boolean => one.from.some(row => other.to.includes(row));
