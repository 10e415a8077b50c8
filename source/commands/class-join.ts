import process from 'node:process';
import * as v from 'valibot';
import {openPackedWorkshop} from '../app/open-packed-workshop.js';
import {printMessage} from '../app/output.js';
import {askLine, createTerminalPrompt} from '../app/prompt.js';
import {normaliseCode} from '../classroom/join-code.js';
import {type JoinRequest, limits, nameSchema, type SeatReport} from '../classroom/protocol.js';
import {messages} from '../messages/index.js';
import {explainTrouble} from '../seat/explain-trouble.js';
import {answersGateway} from '../seat/gateway.js';
import {formatHubAddress, type HubAddress, parseHubAddress} from '../seat/hub-address.js';
import {HubError} from '../seat/hub-client.js';
import {type MetHub, meetHub} from '../seat/join.js';
import {createSeatStore} from '../seat/seat-store.js';
import {yesOrNo} from '../session/state.js';
import {readHandInFile} from '../storage/collected-files.js';
import {loadSeatKey} from '../storage/seat-key.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {makeUpName, previewReport} from './class-preview.js';
import type {Command, Options} from './flags.js';
import {openFromPack} from './open.js';

/**
 * `class join <address> <code>`: joins a class once the learner has seen what it would be told, and opens its workshop.
 * With a new address of the same class, the seat stays.
 */
export const classJoin: Command = async ([typedAddress, typedCode], options) => {
	const address = readAddress(typedAddress);
	const code = await readCode(typedCode);
	const takesOver = options.with === null ? null : readHandIn(options.with);
	const store = createSeatStore(stateFolder());
	const before = store.load();
	const hub = await reach(address, () => meetHub(address, code));
	const isSame = before?.class.id === hub.class.id && before.fingerprint === hub.fingerprint;
	const pack = {url: packUrl(address), manifestHash: hub.manifest};
	const workshop = chooseWorkshop(hub, options.workshop);
	const name = await chooseName(options, before?.name ?? null);
	if (!isSame) {
		const report = await previewReport(
			await openPackedWorkshop(workshop, {dir: options.dir, pack}),
			name,
			options,
		);
		if (!(await agrees(hub, {address, report, yes: options.yes}))) {
			printMessage(messages.seat.consent.refused);
			return 1;
		}
	}
	const key = loadSeatKey(stateFolder());
	const joined = await reach(address, () => hub.join({name, key, takesOver}));
	store.save({
		format: 1,
		name: joined.name,
		address,
		class: hub.class,
		workshops: hub.workshops,
		manifest: hub.manifest,
		fingerprint: hub.fingerprint,
		token: joined.token,
		lastMessage: isSame ? before.lastMessage : 0,
	});
	printMessage(messages.seat.joined(hub.class.title, joined.name));
	return openFromPack(workshop, {...options, pack: options.pack ?? pack});
};

/** Where the hub hands out the pack: over plain HTTP, checked by the hash of the manifest that came over TLS. */
const packUrl = (address: HubAddress): string => `http://${formatHubAddress(address)}/pack/`;

/** Throws a `UserError` for what can't be an address. */
const readAddress = (typed: string | undefined): HubAddress => {
	const say = messages.seat.usage;
	if (typed === undefined) throw new UserError(say.join, {exitCode: 2});
	const address = parseHubAddress(typed);
	if (address) return address;
	throw new UserError(say.address(typed), {next: say.seeScreen, exitCode: 2});
};

/** The code that was given, or that the learner is asked for. Rejects with a `UserError` for what can't be a code. */
const readCode = async (given: string | undefined): Promise<string> => {
	const say = messages.seat.usage;
	const typed = given ?? (await askLine(messages.seat.askCode, ''));
	if (typed === '') throw new UserError(process.stdin.isTTY ? say.noCode : say.join, {exitCode: 2});
	const code = normaliseCode(typed);
	if (code !== null) return code;
	throw new UserError(say.code(typed), {next: say.seeScreen, exitCode: 2});
};

/** Does something at the hub. Rejects with a `UserError` that says why it can't be reached, within two seconds. */
const reach = async <Result>(address: HubAddress, action: () => Promise<Result>): Promise<Result> => {
	const network = answersGateway();
	try {
		return await action();
	} catch (error) {
		if (!(error instanceof HubError)) throw error;
		const isAboutNetwork = error.trouble === 'silent' || error.trouble === 'unreachable';
		throw explainTrouble(error, address, isAboutNetwork && (await network));
	}
};

/** The workshop of the class to open: the wanted one if the class has it, else its first. */
const chooseWorkshop = ({workshops}: MetHub, wanted: string): string => {
	const ids = workshops.map(({id}) => id);
	const id = ids.find(one => one === wanted) ?? ids[0];
	if (id !== undefined) return id;
	throw new UserError(messages.seat.noWorkshop);
};

/** The name that was given, the one of earlier, or one that the learner is asked for. */
const chooseName = async ({name, yes}: Options, before: string | null): Promise<string> => {
	const offered = before ?? makeUpName();
	const chosen = name ?? (yes ? offered : await askLine(messages.seat.askName(offered), offered));
	const parsed = v.safeParse(nameSchema, chosen);
	if (parsed.success) return parsed.output;
	throw new UserError(messages.seat.usage.name(limits.name), {exitCode: 2});
};

/** Shows what the class would be told, and asks. Rejects with a `UserError` if there is no terminal to ask on. */
const agrees = async (
	hub: MetHub,
	{address, report, yes}: {address: HubAddress; report: SeatReport; yes: boolean},
): Promise<boolean> => {
	const say = messages.seat.consent;
	if (!yes && !process.stdin.isTTY)
		throw new UserError(say.noTerminal, {next: say.agreeBeforehand, exitCode: 2});
	const answer = await createTerminalPrompt(yes)({
		title: say.title(hub.class.title, formatHubAddress(address)),
		lines: [
			say.sent,
			...Object.entries(report).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
			say.never,
			say.leave,
		],
		choices: yesOrNo(say.yes, say.no),
	});
	return answer === 'yes';
};

/** Reads the results of a hand-in file, as far as they are intact. Throws a `UserError` if it is none. */
const readHandIn = (file: string): NonNullable<JoinRequest['takesOver']> => {
	try {
		const {handIn} = readHandInFile(file);
		if (handIn) return {key: handIn.key, results: handIn.results};
	} catch (error) {
		throw new UserError(
			{...messages.seat.handIn(file), reason: describeError(error)},
			{exitCode: 2, cause: error},
		);
	}
	throw new UserError(messages.seat.handIn(file), {exitCode: 2});
};
