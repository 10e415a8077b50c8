import {isIP} from 'node:net';
import {type DoctorFinding, findingStatus} from '../doctor/registry.js';
import {messages} from '../messages/index.js';
import type {Document} from './document.js';

/** What a report about a machine is made of. */
export type ReportedMachine = {
	/** Of the program. */
	version: string;
	node: string;
	/** `linux`, `darwin` or `win32`, with the version of its kernel, and the architecture. */
	system: string;
	/** Columns and rows; null without a terminal. */
	terminal: {columns: number; rows: number} | null;
	/** The variables of the program's environment. */
	environment: Readonly<Record<string, string>>;
	findings: DoctorFinding[];
};

/** What tells who and where somebody is: empty texts are not looked for. */
export type PrivateTexts = {home: string; user: string; host: string};

/** The variables that decide how docker and this program behave, and tell nothing else. */
const telling =
	/^(?:DOCKER_(?:BUILDKIT|CONTEXT|HOST|API_VERSION|DEFAULT_PLATFORM|TLS_VERIFY)|BUILDKIT_PROGRESS|BUILDX_BUILDER|COMPOSE_[A-Z_]+|TERM|TERM_PROGRAM|COLORTERM|NO_COLOR|FORCE_COLOR|LANG|LC_[A-Z]+|ACCESSIBLE|CI)$/;

/** Variables whose value may hold a password: only that they are set is told. */
const secretive = /^(?:https?|ftp|all|no)_proxy$/i;

/** What a bug report needs to know of a machine, without what is private. `at`: when it was examined. */
export const createMachineReport = (
	{version, node, system, terminal, environment, findings}: ReportedMachine,
	{hide, at}: {hide: PrivateTexts; at: Date},
): Document => {
	const say = messages.report.machine;
	const mask = createMask(hide);
	const names = Object.keys(environment).sort();
	const variables = [
		...names.filter(name => telling.test(name)).map(name => [name, mask(environment[name] ?? '')]),
		...names.filter(name => secretive.test(name)).map(name => [name, say.isSet]),
	];
	return {
		title: say.title,
		made: messages.report.made(at.toISOString().slice(0, 16).replace('T', ' ')),
		sections: [
			{
				heading: say.headings.machine,
				level: 2,
				blocks: [
					{
						block: 'table',
						columns: say.columns,
						rows: [
							[say.program, version],
							['Node', node],
							[say.system, system],
							[say.terminal, terminal ? `${terminal.columns}×${terminal.rows}` : say.noTerminal],
							...variables.map(([name = '', value = '']) => [`\`${name}\``, value]),
						],
					},
				],
			},
			{
				heading: say.headings.findings,
				level: 2,
				blocks: [
					{
						block: 'table',
						columns: say.findingColumns,
						rows: findings.map(finding => [
							finding.id,
							messages.commands.doctor.labels[findingStatus(finding)],
							mask(finding.reason),
							mask(finding.next ?? ''),
						]),
					},
				],
			},
		],
	};
};

/** Returns a function that takes what is private out of a text; loopback addresses stay. */
export const createMask = ({home, user, host}: PrivateTexts): ((text: string) => string) => {
	const [shortHost = ''] = host.split('.');
	const words = new Map([
		[user, '<user>'],
		[shortHost, '<host>'],
	]);
	// These are called so on many machines, and the words have other meanings.
	for (const common of ['', 'root', 'localhost', 'docker']) words.delete(common);
	return text =>
		(home === '' ? text : text.replaceAll(home, '~'))
			.replace(/(?<=:\/\/)[^\s/@]+@/g, '<user>@')
			.replace(/(?<=\b(?:tcp|ssh):\/\/)(\[[^\]\s]+\]|[^\s/:`]+)/g, name =>
				isOfThisMachine(name) ? name : '<host>',
			)
			.replace(/[\p{L}\p{N}_-]+/gu, word => words.get(word) ?? word)
			.replace(/[\d.]{7,}|[\da-f:]{3,}/gi, name =>
				isIP(name) === 0 || isOfThisMachine(name) ? name : '<address>',
			);
};

const isOfThisMachine = (name: string): boolean => /^(?:localhost|127\..*|0\.0\.0\.0|\[?::1?\]?)$/.test(name);
