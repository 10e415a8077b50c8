const withoutNetwork =
	'work with the pack on a stick, `multistage-workshop --pack <folder>`, and hand in with `multistage-workshop hand-in`';

/** What is said at the learner’s about joining a class. */
export const seat = {
	notSaved: (why: string) => `The class can’t be kept, so it is not joined: ${why}.`,
	/** `address`: with its port. */
	trouble: {
		refused: (address: string) => ({
			reason: `Nothing listens at ${address}.`,
			next: 'compare the address with the one that the teacher shows; the class may not be open yet',
		}),
		silent: (address: string) => ({
			reason: `${address} does not answer.`,
			next: `compare the address with the one that the teacher shows, and check that this machine is in the same network; without a network, ${withoutNetwork}`,
		}),
		/** The gateway of the network answers. */
		separated: (address: string) => ({
			reason: `${address} does not answer, but the network does: this network separates its devices, or a firewall on the teacher’s machine closes the port.`,
			next: withoutNetwork,
		}),
		unreachable: (address: string) => ({
			reason: `No network leads from this machine to ${address}.`,
			next: `connect to the network of the class; without a network, ${withoutNetwork}`,
		}),
		unknownHost: (host: string) => ({
			reason: `This network knows no machine called ${host}.`,
			next: 'use the address in digits that the teacher shows',
		}),
		noHub: (address: string) => ({
			reason: `What answers at ${address} is not a class.`,
			next: 'compare the address and its port with those that the teacher shows',
		}),
		otherHub: (address: string) => ({
			reason: `Between two answers, another machine has taken the place of ${address}, so nothing more was sent.`,
			next: 'tell your teacher, and try again',
		}),
		wrongCode: (address: string) => ({
			reason: `The code is not the one of the class at ${address}, so nothing was sent.`,
			next: 'compare the code and the address with those that the teacher shows',
		}),
	},
	/** Why a class refuses a seat. */
	refusals: {
		'too-many-tries': {
			reason: 'There were too many wrong codes; the class lets nobody in for a while.',
			next: 'wait a minute, and try again',
		},
		'unknown-seat': {
			reason: 'The class does not know this seat any more.',
			next: 'join it again with `multistage-workshop class join`',
		},
		'taken-over': {reason: 'Another laptop has taken over this seat.', next: 'ask your teacher'},
		'class-is-full': {reason: 'The class is full.', next: 'ask your teacher'},
		'class-is-over': {reason: 'The class is over.', next: 'open the workshop with `multistage-workshop`'},
		'other-format': {
			reason: 'The class was opened by another version of this program.',
			next: 'take the program from the page at the address of the class',
		},
		invalid: {
			reason: 'The class does not understand this program.',
			next: 'take the program from the page at the address of the class',
		},
	},

	usage: {
		join: 'To join a class, give its address and its code: `multistage-workshop class join 192.168.1.5 K7M-4QX`.',
		address: (typed: string) => `\`${typed}\` is not an address.`,
		noCode: 'You can’t join without the code of the class: six letters and digits, which your teacher shows.',
		code: (typed: string) => `\`${typed}\` is not a code: it has six letters and digits.`,
		name: (most: number) => `A name has at most ${most} letters, in one line.`,
		seeScreen: 'compare it with what the teacher shows',
	},
	askCode: 'The code of the class, which your teacher shows: ',
	askName: (offered: string) => `Your name in the class (enter: ${offered}): `,
	consent: {
		title: (title: string, address: string) => `Join “${title}” at ${address}?`,
		sent: 'The class would get this now, the same fields again after each change, and nothing else:',
		never:
			'It never gets what you type, what commands print, files, paths, or the name of your machine or user.',
		leave: 'You can leave it at any time: `multistage-workshop class leave`.',
		yes: 'join',
		no: 'do not join',
		refused: 'You have not joined the class.',
		agreeBeforehand:
			'add `--yes` if you agree; `multistage-workshop class preview` prints what would be sent',
		noTerminal: 'There is no terminal to ask on whether to join.',
	},
	joined: (title: string, name: string) => `You have joined “${title}” as ${name}.`,
	left: (title: string) => `You have left “${title}”.`,
	leftUnheard: (title: string) => `You have left “${title}”; it does not answer and could not be told.`,
	notInClass: 'You are in no class.',
	noWorkshop: 'The class has no workshop.',
	handIn: (file: string) => ({
		reason: `${file} is not a hand-in file, or not a whole one.`,
		next: 'write it again with `multistage-workshop hand-in`',
	}),
	/** Made-up names: one of the first and one of the second. */
	madeUpNames: {
		first:
			'Able Brave Bright Calm Clever Curious Daring Eager Gentle Happy Jolly Keen Kind Lively Lucky Merry Nimble Patient Proud Quick Quiet Steady Sunny Witty',
		second:
			'Badger Beaver Bison Crane Dolphin Falcon Ferret Finch Fox Gecko Hare Heron Ibex Kestrel Lynx Marten Otter Owl Puffin Raven Seal Stork Swift Wren',
	},
};
