// What the build says (build.mjs).

// Whether the server has the book.
declare const BOOK: boolean;

// The recording.
declare module 'inlined-steps' {
    import type { Recording } from './steps/format';

    const recording: Recording;
    export default recording;
}

declare module '*.css';
