/**
 * Begins the same work for all of a list, in order and `count` at a time; each has a promise of its own. Many states
 * wait for a server, so that several can stand side by side.
 */
export const sideBySide = <Item, Result>(
	items: Item[],
	count: number,
	work: (item: Item) => Promise<Result>,
): Array<Promise<Result>> => {
	const free = Array.from({length: count}, () => Promise.resolve());
	return items.map((item, index) => {
		const place = index % count;
		const done = (free[place] ?? Promise.resolve()).then(() => work(item));
		free[place] = done.then(
			() => {},
			() => {},
		);
		return done;
	});
};
