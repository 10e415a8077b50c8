/** BuildKit's records, as far as they are read here; times are RFC 3339, `data` and `short` base64. */
export type Vertex = {
	digest: string;
	name: string;
	/** Digests of the vertices that it is made from. */
	inputs?: string[];
	started?: string;
	completed?: string;
	cached?: boolean;
	error?: string;
};
export type Status = {id: string; vertex: string; current?: number; timestamp?: string; completed?: string};
export type Log = {vertex: string; stream?: number; data: string; timestamp?: string};
export type Warning = {vertex: string; short: string};
export type Progress = {vertexes: Vertex[]; statuses: Status[]; logs: Log[]; warnings: Warning[]};

type Kind = 'string' | 'number' | 'boolean' | 'strings';
type Shape = Record<string, Kind>;

/**
 * The records in an object that a build printed; null when it is none of BuildKit's. Anything may print an object, so
 * records without what they need, or with something of another kind in its place, are left out.
 */
export const readProgress = ({
	vertexes,
	statuses,
	logs,
	warnings,
}: Record<string, unknown>): Progress | null =>
	[vertexes, statuses, logs, warnings].some(Array.isArray)
		? {
				vertexes: records<Vertex>(
					vertexes,
					{digest: 'string', name: 'string'},
					{inputs: 'strings', started: 'string', completed: 'string', cached: 'boolean', error: 'string'},
				),
				statuses: records<Status>(
					statuses,
					{id: 'string', vertex: 'string'},
					{current: 'number', timestamp: 'string', completed: 'string'},
				),
				logs: records<Log>(logs, {vertex: 'string', data: 'string'}, {stream: 'number', timestamp: 'string'}),
				warnings: records<Warning>(warnings, {vertex: 'string', short: 'string'}, {}),
			}
		: null;

const records = <Wanted>(list: unknown, needed: Shape, optional: Shape): Wanted[] =>
	(Array.isArray(list) ? list : []).filter(
		(value): value is Wanted =>
			typeof value === 'object' &&
			value !== null &&
			Object.entries(needed).every(([key, kind]) => isOf(kind, value[key])) &&
			Object.entries(optional).every(([key, kind]) => value[key] === undefined || isOf(kind, value[key])),
	);

const isOf = (kind: Kind, value: unknown): boolean =>
	kind === 'strings'
		? Array.isArray(value) && value.every(one => typeof one === 'string')
		: typeof value === kind;
