import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import type {ClassEvent} from '../classroom/kept-class.js';
import {
	intervals,
	type MessagesAnswer,
	type ReportAnswer,
	routes,
	type SeatReport,
	seatReportSchema,
} from '../classroom/protocol.js';
import {verifyChain} from '../classroom/results.js';
import {createAdmission} from './admission.js';
import {type SeatRecord, selectChangedSteps} from './class-state.js';
import {parseBody, RefusedError, readJson, sendJson, sendRefusal} from './read-json.js';
import {chooseSeatName, isItsName} from './seat-names.js';
import {type Handler, type ServedClass, sha256} from './served-class.js';

/** Messages in one answer. */
const mostMessages = 50;

/** Reports of one seat that come at once, and then one a second: twice as many as a seat sends. */
const reportBudget = {burst: 20, perSecond: 1};

export type ClassServer = {
	answer: RequestListener;
	/** Answers the seats that wait for messages. */
	wake(): void;
	/** The same, whether there are messages or not, and refuses those that wait to join. */
	close(): void;
};

/** Creates what answers the seats: every request is validated, and refused with a reason that tells nothing else. */
export const createClassServer = (served: ServedClass): ClassServer => {
	const admission = createAdmission(served);
	const polls = createPolls(served);
	const budgets = new WeakMap<SeatRecord, {left: number; at: number}>();

	const takeReport: Handler = async (request, response) => {
		const token = tokenOf(request);
		findSeat(served, token);
		const report = parseBody(seatReportSchema, await readJson(request));
		// It may have been taken over while the body came.
		const seat = findSeat(served, token);
		spend(budgets, seat, served.now());
		served.touch(seat);
		if (report.sequence > seat.sequence) await served.record(toEvent(served, seat, report));
		else await served.kept();
		const now = findSeat(served, token);
		const answer: ReportAnswer = {
			sequence: now.sequence,
			results: now.lastResult?.number ?? 0,
			messages: served.room.messagesFor(now, now.acknowledged, served.now()).length > 0,
		};
		sendJson(response, answer);
	};

	const messages: Handler = (request, response, query) => {
		const seat = findSeat(served, tokenOf(request));
		const after = Number(/^\d{1,7}$/.exec(query.get('after') ?? '')?.[0] ?? Number.NaN);
		if (Number.isNaN(after)) throw new RefusedError('invalid');
		served.touch(seat);
		served.room.acknowledge(seat, after);
		polls.add(seat, after, response);
	};

	const handIn: Handler = async (request, response) => {
		const seat = findSeat(served, tokenOf(request));
		await served.record({kind: 'hand-in', at: served.now(), seat: seat.seat.id});
		sendJson(response, {});
	};

	const leave: Handler = async (request, response) => {
		const seat = findSeat(served, tokenOf(request));
		await served.record({kind: 'leave', at: served.now(), seat: seat.seat.id});
		sendJson(response, {});
	};

	const manifest: Handler = (_, response) => {
		response.writeHead(200, {
			'Content-Type': 'application/json',
			'Content-Length': served.manifest.length,
		});
		response.end(served.manifest);
	};

	const handlers: Record<string, {method: string; handle: Handler}> = {
		[routes.hello]: {method: 'POST', handle: admission.hello},
		[routes.join]: {method: 'POST', handle: admission.join},
		[routes.report]: {method: 'POST', handle: takeReport},
		[routes.messages]: {method: 'GET', handle: messages},
		[routes.handIn]: {method: 'POST', handle: handIn},
		[routes.leave]: {method: 'POST', handle: leave},
		[routes.manifest]: {method: 'GET', handle: manifest},
	};

	return {
		answer: async (request, response) => {
			try {
				await route(handlers, served, request, response);
			} catch (error) {
				if (response.headersSent) return;
				if (error instanceof RefusedError) sendRefusal(request, response, error.refusal);
				else response.writeHead(500, {Connection: 'close'}).end();
			}
		},
		wake: polls.wake,
		close() {
			admission.close();
			polls.close();
		},
	};
};

const route = async (
	handlers: Record<string, {method: string; handle: Handler}>,
	served: ServedClass,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> => {
	const [path = '', query] = (request.url ?? '').split('?', 2);
	const found = Object.hasOwn(handlers, path) ? handlers[path] : undefined;
	// The program sends neither; a browser does, for a page that somebody else wrote.
	const isOfAPage = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
	const end = (status: number, headers = {}) =>
		response.writeHead(status, {Connection: 'close', 'Content-Length': 0, ...headers}).end();
	if (!found) end(404);
	else if (isOfAPage) end(403);
	else if (request.method !== found.method) end(405, {Allow: found.method});
	else if (served.isErased()) throw new RefusedError('class-is-over');
	else await found.handle(request, response, new URLSearchParams(query));
};

const tokenOf = ({headers}: IncomingMessage): string =>
	sha256(/^Bearer ([\w-]{1,512})$/.exec(headers.authorization ?? '')?.[1] ?? '');

/** The seat with a token, given as SHA-256. */
const findSeat = ({room}: ServedClass, token: string): SeatRecord => {
	const seat = room.findByToken(token);
	if (seat) return seat;
	throw new RefusedError(room.takenOver.has(token) ? 'taken-over' : 'unknown-seat');
};

/** The event that keeps a report, with the results that continue the seat's chain. */
const toEvent = ({room, now}: ServedClass, seat: SeatRecord, report: SeatReport): ClassEvent => {
	const {name, results, format: _, ...reported} = report;
	const last = seat.lastResult ?? undefined;
	const following = results.filter(({number}) => number > (last?.number ?? 0));
	const {valid} = verifyChain(seat.key, following, last);
	const {steps, isWhole} = selectChangedSteps(seat.seat.state, reported);
	return {
		kind: 'report',
		at: now(),
		seat: seat.seat.id,
		name: chooseSeatName(room, seat, name),
		chosen: isItsName(seat, name) ? seat.chosen : name,
		isWhole,
		report: {...reported, steps, results: following.slice(0, valid)},
	};
};

/** Throws a `RefusedError` for a seat that reports far more often than agreed. */
const spend = (
	budgets: WeakMap<SeatRecord, {left: number; at: number}>,
	seat: SeatRecord,
	now: number,
): void => {
	const {left, at} = budgets.get(seat) ?? {left: reportBudget.burst, at: now};
	const filled = Math.min(reportBudget.burst, left + ((now - at) / 1000) * reportBudget.perSecond);
	if (filled < 1) throw new RefusedError('too-many-tries');
	budgets.set(seat, {left: filled - 1, at: now});
};

type Poll = {after: number; response: ServerResponse; timer: NodeJS.Timeout};

/** The seats that wait for messages, at most one request of each. */
const createPolls = ({room, now}: ServedClass) => {
	const polls = new Map<SeatRecord, Poll>();
	const end = (seat: SeatRecord) => {
		const poll = polls.get(seat);
		if (!poll) return;
		polls.delete(seat);
		clearTimeout(poll.timer);
		const answer: MessagesAnswer = {
			messages: room.messagesFor(seat, poll.after, now()).slice(0, mostMessages),
		};
		if (!poll.response.destroyed) sendJson(poll.response, answer);
	};
	const hasMessages = (seat: SeatRecord, after: number) => room.messagesFor(seat, after, now()).length > 0;
	return {
		add(seat: SeatRecord, after: number, response: ServerResponse): void {
			end(seat);
			const poll = {after, response, timer: setTimeout(end, intervals.heartbeat, seat)};
			polls.set(seat, poll);
			response.once('close', () => {
				clearTimeout(poll.timer);
				if (polls.get(seat) === poll) polls.delete(seat);
			});
			if (hasMessages(seat, after)) end(seat);
		},
		wake(): void {
			for (const [seat, {after}] of polls) if (hasMessages(seat, after)) end(seat);
		},
		close(): void {
			for (const seat of polls.keys()) end(seat);
		},
	};
};
