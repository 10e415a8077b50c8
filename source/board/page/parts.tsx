import type {ComponentChildren} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import type {Seat} from '../../classroom/room.js';
import {type Room, selectWhereabouts, type Whereabouts} from '../../classroom/select-board.js';
import {words} from './words.js';

/** A sentence in which backticks enclose code. */
export const Sentence = ({children}: {children: string}) => (
	<>{children.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
);

/** A part of a page with its heading. */
export const Panel = ({
	id,
	heading,
	count,
	children,
}: {
	id: string;
	heading: string;
	/** How many things it holds; none is not shown. */
	count?: number;
	children: ComponentChildren;
}) => (
	<section class="panel" id={id} aria-labelledby={`${id}-heading`}>
		<h2 id={`${id}-heading`}>
			{heading}
			{count !== undefined && count > 0 && <span class="count">{words.count(count)}</span>}
		</h2>
		{children}
	</section>
);

/** The name of a seat, which leads to its view. */
export const SeatLink = ({seat}: {seat: Seat}) => (
	<a class="name" href={`#seat/${seat.id}`}>
		<bdi>{seat.name}</bdi>
	</a>
);

/** A list of which at most so many rows are seen at first. */
export const ShortList = ({
	rows,
	most,
	class: name,
}: {
	rows: ComponentChildren[];
	most: number;
	class: string;
}) => (
	<>
		<ul class={name}>{rows.slice(0, most)}</ul>
		{rows.length > most && (
			<details>
				<summary>{words.help.more(rows.length - most)}</summary>
				<ul class={name}>{rows.slice(most)}</ul>
			</details>
		)}
	</>
);

/** Where somebody is, in a few words. */
const placeText = (at: Whereabouts): string =>
	typeof at === 'string' ? words.places[at] : `${at.chapterNumber} · ${at.step.title}`;

export const placeTextOf = (room: Room, seat: Seat): string => placeText(selectWhereabouts(room, seat));

/** The heading of a view, which has the focus when the view is opened by a link. */
export const ViewHeading = ({children}: {children: ComponentChildren}) => {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	return (
		<h1 ref={heading} tabIndex={-1}>
			{children}
		</h1>
	);
};

/** What the address of the page names behind `#`. */
export const useHash = (): string => {
	const [hash, setHash] = useState(readHash);
	useEffect(() => {
		const change = () => setHash(readHash());
		addEventListener('hashchange', change);
		return () => removeEventListener('hashchange', change);
	}, []);
	return hash;
};

const readHash = () => location.hash.slice(1);
