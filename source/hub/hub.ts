import {randomBytes, X509Certificate} from 'node:crypto';
import type {RequestListener} from 'node:http';
import {createCode, deriveKey, fingerprintOf} from '../classroom/join-code.js';
import type {ClassEvent, KeptClass} from '../classroom/kept-class.js';
import {classFormat} from '../classroom/protocol.js';
import type {BoardUpdate, ClassState, TeacherAction, WorkshopOutline} from '../classroom/room.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {formatAddress} from './addresses.js';
import {createCertificate} from './certificate.js';
import {memoryLog, openClassLog} from './class-log.js';
import {createClassServer} from './class-server.js';
import {type Changes, ClassRoom, type SeatRecord} from './class-state.js';
import {listen} from './listen.js';
import {chooseName} from './seat-names.js';
import {toMessage} from './teacher-actions.js';

export type HubOptions = {
	/** What the class is called; a resumed one keeps its title. */
	title: string;
	/** The IP address to listen on, and that learners type. */
	host: string;
	/** 0: any free one. */
	port: number;
	/** The workshops of the pack. */
	workshops: WorkshopOutline[];
	/** The bytes of the manifest of the pack. */
	manifest: Buffer;
	/** SHA-256 of the program that is handed out; null if there is none. */
	programHash: string | null;
	/** Creates what answers plain HTTP: the page for learners, the program, the pack. `address`: `<host>:<port>`. */
	handOut(shown: {title: string; address: string}): RequestListener;
	/** The folder in which the class is kept; null: in memory only. */
	keep: string | null;
	/** Whether to go on with the class in that folder. */
	resume: boolean;
	/** Tells the teacher about a trouble that does not end the class, in a sentence. */
	tell(trouble: string): void;
};

/** A class that is open. */
export type Hub = {
	/** The address that is listened on. */
	host: string;
	port: number;
	/** `K7M-4QX` */
	code: string;
	/** SHA-256 of the certificate. */
	fingerprint: string;
	/** Calls with everything at once, then with what has changed. Returns a function that ends this. */
	subscribe(onUpdate: (update: BoardUpdate) => void): () => void;
	/**
	 * Does what the teacher asks for; resolves once it is kept. Rejects with a `UserError` if that is impossible. `end`
	 * with `erase` deletes what is known and kept; the seats that are connected still learn that the class is over.
	 */
	perform(action: TeacherAction): Promise<void>;
	/** Ends all connections. The class, if kept, can be resumed. */
	close(): Promise<void>;
};

/** Milliseconds between two looks for seats that went away. */
const sweepEvery = 2000;

/** Opens a class. Rejects with a `UserError` if the address can't be listened on, or the folder can't be used. */
export const openHub = async (options: HubOptions): Promise<Hub> => {
	const {host, workshops, manifest} = options;
	const room = new ClassRoom(workshops);
	const clock = createClock();
	const onEvent = (event: ClassEvent) => {
		clock.continueAt(event.at);
		room.apply(event);
	};
	const create = () => createClass(options.title);
	const {kept, log} =
		options.keep === null
			? {kept: create(), log: memoryLog}
			: await openClassLog({...options, folder: options.keep, create, onEvent});
	room.forgetPresence();

	const fingerprint = fingerprintOf(new X509Certificate(kept.certificate).raw);
	let address = '';
	let answerPlain: RequestListener | null = null;
	let isErased = false;
	const board = createBoard(room, clock.now, () => ({
		title: kept.title,
		code: kept.code,
		address,
		programHash: options.programHash,
		fingerprint,
		workshops,
		...room.state,
	}));
	const apply = (event: ClassEvent) => {
		board.note(room.apply(event));
		server.wake();
	};
	const server = createClassServer({
		...kept,
		key: await deriveKey(kept.code, kept.salt),
		fingerprint,
		workshops: workshops.map(({id, hash}) => ({id, hash})),
		manifest,
		room,
		isErased: () => isErased,
		now: clock.now,
		record(event) {
			apply(event);
			return log.append(event);
		},
		kept: () => log.append(),
		touch: (seat: SeatRecord) => {
			if (room.touch(seat, clock.now())) board.note({seats: [seat.seat.id]});
		},
	});
	const listener = await listen({
		host,
		port: options.port,
		certificate: kept,
		onTls: server.answer,
		onPlain(request, response) {
			answerPlain ??= options.handOut({title: kept.title, address});
			answerPlain(request, response);
		},
	}).catch(async error => {
		// A new class that nobody could join must not be in the way of the next try.
		await (options.resume ? log.close() : log.erase());
		throw error;
	});
	address = formatAddress(host, listener.port);
	const sweeping = setInterval(() => board.note({seats: room.sweep(clock.now())}), sweepEvery);

	const erase = async () => {
		isErased = true;
		board.note(room.clear());
		await log.erase();
	};
	const act = async (action: TeacherAction): Promise<void> => {
		if (isErased) throw new UserError(messages.hub.classIsOver);
		const event = toEvent(action, workshops, room, clock.now());
		// Kept first: a resumed class must not use the number of a message again that a seat already has.
		await log.append(event);
		apply(event);
		if (action.action === 'end' && action.erase) await erase();
	};
	let acting: Promise<unknown> = Promise.resolve();
	return {
		host,
		port: listener.port,
		code: kept.code,
		fingerprint,
		subscribe: board.subscribe,
		perform(action) {
			const done = acting.then(() => act(action));
			acting = done.catch(() => {});
			return done;
		},
		async close() {
			clearInterval(sweeping);
			server.close();
			await listener.close();
			if (!isErased) await log.close();
		},
	};
};

const createClass = (title: string): KeptClass => ({
	format: classFormat,
	id: randomBytes(32).toString('hex'),
	title,
	code: createCode(),
	salt: randomBytes(16).toString('base64url'),
	...createCertificate(),
});

/** Milliseconds since the class began. A resumed class continues at its last event: nobody knows how long it was down. */
const createClock = () => {
	let offset = -performance.now();
	return {
		now: () => Math.round(performance.now() + offset),
		continueAt(time: number): void {
			offset = time - performance.now();
		},
	};
};

const toEvent = (
	action: TeacherAction,
	workshops: WorkshopOutline[],
	room: ClassRoom,
	at: number,
): ClassEvent => {
	if (action.action === 'rename') {
		const {seat, name} = action;
		if (!room.seats.has(seat)) throw new UserError(messages.hub.unknown.seat);
		const others = [...room.seats.values()].filter(other => other.seat.id !== seat);
		return {
			kind: 'rename',
			at,
			seat,
			name: chooseName(
				name,
				others.map(other => other.seat.name),
			),
		};
	}
	const {to, content} = toMessage(action, workshops, room);
	return {kind: 'message', at, to, message: {number: room.lastNumber + 1, ...content}};
};

/** Tells boards what has changed, once for all that happens in the same turn of the event loop. */
const createBoard = (room: ClassRoom, now: () => number, readClass: () => ClassState) => {
	const subscribers = new Set<(update: BoardUpdate) => void>();
	let noted: {seats: Set<string>; removed: Set<string>; isClass: boolean} | null = null;
	const seatsOf = (ids: Iterable<string>) =>
		[...ids].flatMap(id => {
			const record = room.seats.get(id);
			return record ? [record.seat] : [];
		});
	const tell = () => {
		if (!noted) return;
		const {seats, removed, isClass} = noted;
		noted = null;
		const update: BoardUpdate = {
			now: now(),
			...(isClass && {class: readClass()}),
			seats: seatsOf(seats),
			...(removed.size > 0 && {removed: [...removed]}),
		};
		for (const onUpdate of subscribers) onUpdate(update);
	};
	return {
		note({seats = [], removed = [], isClass = false}: Partial<Changes>): void {
			if (seats.length + removed.length === 0 && !isClass) return;
			if (!noted) setImmediate(tell);
			noted ??= {seats: new Set(), removed: new Set(), isClass: false};
			for (const id of seats) noted.seats.add(id);
			for (const id of removed) noted.removed.add(id);
			noted.isClass ||= isClass;
		},
		subscribe(onUpdate: (update: BoardUpdate) => void): () => void {
			onUpdate({now: now(), class: readClass(), seats: seatsOf(room.seats.keys())});
			subscribers.add(onUpdate);
			return () => subscribers.delete(onUpdate);
		},
	};
};
