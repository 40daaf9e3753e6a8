import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameSubjects, wordsText } from '../../bin/photo-subjects.ts';
import { UsageError } from '../../bin/usage-error.ts';

const FILES = ['house/IMG_1.jpg', 'house/kitchen.jpg', 'house/a=b.jpg', 'house/attic/kitchen.jpg'];

/** The words of each photo. */
const named = (...given: string[]) =>
  nameSubjects(FILES, given).map(({ words }) => words && `${words.text}, ${words.from}`);

describe('nameSubjects', () => {
  it('takes the words of file names where nothing is given', () => {
    expect(named()).toEqual([undefined, 'kitchen, file name', undefined, 'kitchen, file name']);
  });

  it.each([
    'house/IMG_1.jpg=bedroom wall',
    'IMG_1.jpg=bedroom wall',
    './house/../house/IMG_1.jpg=bedroom wall',
    './IMG_1.jpg=bedroom wall',
    `${resolve('house/IMG_1.jpg')}=bedroom wall`,
    'IMG_1.jpg=  bedroom \t wall ',
  ])('takes the words of "%s"', (option) => {
    expect(named(option)[0]).toBe('bedroom wall, --subject');
  });

  it('prefers what is given to the name of the file', () => {
    expect(named('house/kitchen.jpg=guest bath')[1]).toBe('guest bath, --subject');
    expect(named('attic/kitchen.jpg=guest bath')[3]).toBe('guest bath, --subject');
  });

  it('finds the file where its name or the words have an = too', () => {
    expect(named('a=b.jpg=wall', 'IMG_1.jpg=a=b')).toEqual([
      'a=b, --subject',
      'kitchen, file name',
      'wall, --subject',
      'kitchen, file name',
    ]);
  });

  it('names a photo that is given twice both times', () => {
    const photos = nameSubjects(['a.jpg', './a.jpg'], ['a.jpg=wall']);
    expect(photos.map(({ words }) => words?.text)).toEqual(['wall', 'wall']);
  });

  it.each([
    ['IMG_1.jpg', 'expected --subject FILE=TEXT; got "IMG_1.jpg"'],
    ['=wall', 'expected one of the photos before the = of --subject; got "=wall"'],
    ['G_1.jpg=wall', 'expected one of the photos before the = of --subject; got "G_1.jpg=wall"'],
    ['IMG_2.jpg=wall', 'expected one of the photos before the = of --subject; got "IMG_2.jpg=wall"'],
    ['IMG_1.jpg=', 'expected 1 to 60 characters after the = of --subject; it is empty: "IMG_1.jpg="'],
    ['IMG_1.jpg=  ', 'expected 1 to 60 characters after the = of --subject; it is empty: "IMG_1.jpg=  "'],
    [`IMG_1.jpg=${'x'.repeat(61)}`, /expected 1 to 60 characters after the = of --subject; it has 61: /],
    ['kitchen.jpg=wall', /expected the path of one photo .* "kitchen\.jpg" may be .*, .*attic\/kitchen\.jpg$/],
  ])('refuses "%s"', (option, reason) => {
    expect(() => named(option)).toThrow(UsageError);
    expect(() => named(option)).toThrow(reason);
  });

  it('refuses a second subject of a photo, however its file is named', () => {
    expect(() => named('IMG_1.jpg=wall', 'house/IMG_1.jpg=door')).toThrow(
      'expected one --subject for a photo; "house/IMG_1.jpg=door" is the second',
    );
  });

  it('accepts as many characters as a job does', () => {
    expect(named(`IMG_1.jpg=${'x'.repeat(60)}`)[0]).toBe(`${'x'.repeat(60)}, --subject`);
  });
});

describe('wordsText', () => {
  it('says of each photo with words what it is called, and by what', () => {
    expect(wordsText(nameSubjects(['IMG_1.jpg', 'IMG_2.jpg', 'kitchen.jpg'], ['IMG_2.jpg=wall']))).toBe(
      'IMG_2.jpg: called "wall" (--subject)\nkitchen.jpg: called "kitchen" (file name)\n',
    );
  });
});
