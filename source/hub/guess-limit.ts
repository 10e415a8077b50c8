/**
 * Slows down who guesses the code of a class, without locking out who has it: everybody may be behind one address. As
 * long as few tries were wrong, every try is checked at once. After that, tries wait: one of them is drawn at a time,
 * first an address, then one of its tries, so that nobody who sends many can take all turns.
 */

/** Wrong tries that are taken for slips of the finger. */
const free = {perAddress: 10, inAll: 100};
/** Milliseconds between two tries at most: 20 a second from one address, 50 in all. 12 hours are 0.2 % of all codes. */
const slowest = {perAddress: 50, inAll: 20};
/** Milliseconds after which a wrong try is forgotten. */
const remembered = 10 * 60_000;
/** Tries that may wait: who comes last has a turn within seconds. */
const mostWaiting = 64;

type Waiting = {resolve: (isTurn: boolean) => void};
type Address = {wrong: number[]; nextAt: number; waiting: Waiting[]};

/** The delay doubles with each wrong try beyond the free ones, from 10 ms. */
const delayAfter = (wrong: number, tolerated: number, most: number): number =>
	wrong < tolerated ? 0 : Math.min(most, 10 * 2 ** Math.min(10, wrong - tolerated));

/** Takes out a random one, so that who comes last has the same chance. */
const drawOne = (waiting: Waiting[]): Waiting | undefined =>
	waiting.splice(Math.floor(Math.random() * waiting.length), 1)[0];

export type GuessLimit = {
	/**
	 * Resolves with true when a try from this address may be checked. If too many wait, one of the address with the most
	 * gives way and resolves with false.
	 */
	turn(address: string): Promise<boolean>;
	/** Notes that a try was wrong. */
	wrong(address: string): void;
	/** Refuses all that wait. */
	close(): void;
};

/** Creates a limit. `now`: milliseconds, monotonic. */
export const createGuessLimit = (now: () => number): GuessLimit => {
	const addresses = new Map<string, Address>();
	const all = {wrong: [] as number[], nextAt: 0};
	let timer: NodeJS.Timeout | null = null;

	const forget = () => {
		const since = now() - remembered;
		const isRecent = (time: number) => time > since;
		all.wrong = all.wrong.filter(isRecent);
		for (const [name, address] of addresses) {
			address.wrong = address.wrong.filter(isRecent);
			if (address.wrong.length === 0 && address.waiting.length === 0) addresses.delete(name);
		}
	};

	const next = () => {
		timer = null;
		const time = now();
		const waiting = [...addresses.values()].filter(address => address.waiting.length > 0);
		const ready = waiting.filter(({nextAt}) => nextAt <= time);
		const address = ready[Math.floor(Math.random() * ready.length)];
		if (address && all.nextAt <= time) {
			address.nextAt = time + delayAfter(address.wrong.length, free.perAddress, slowest.perAddress);
			all.nextAt = time + delayAfter(all.wrong.length, free.inAll, slowest.inAll);
			drawOne(address.waiting)?.resolve(true);
		}
		plan();
	};

	const plan = () => {
		const waiting = [...addresses.values()].filter(address => address.waiting.length > 0);
		if (timer || waiting.length === 0) return;
		const at = Math.max(all.nextAt, Math.min(...waiting.map(({nextAt}) => nextAt)));
		timer = setTimeout(next, Math.max(0, at - now()));
	};

	const find = (name: string): Address => {
		const found = addresses.get(name) ?? {wrong: [], nextAt: 0, waiting: []};
		addresses.set(name, found);
		return found;
	};

	return {
		turn(name) {
			forget();
			const address = find(name);
			const busy = [...addresses.values()].toSorted((a, b) => b.waiting.length - a.waiting.length);
			if (busy.reduce((sum, {waiting}) => sum + waiting.length, 0) >= mostWaiting)
				drawOne(busy[0]?.waiting ?? [])?.resolve(false);
			return new Promise(resolve => {
				address.waiting.push({resolve});
				plan();
			});
		},
		wrong(name) {
			find(name).wrong.push(now());
			all.wrong.push(now());
		},
		close() {
			if (timer) clearTimeout(timer);
			for (const {waiting} of addresses.values()) for (const {resolve} of waiting) resolve(false);
			addresses.clear();
		},
	};
};
