import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOfFileName } from '../../bin/file-name-words.ts';
import { namesPlace } from '../../functions/assessments/owner-words.ts';
import { NewPhoto } from '../../functions/jobs/job.ts';

describe('wordsOfFileName', () => {
  it.each([
    ['bedroom_wall-2.jpg', 'bedroom wall'],
    ['kitchen ceiling.jpeg', 'kitchen ceiling'],
    ['left rear door.jpg', 'left rear door'],
    ['in/a folder/living-room-wall.JPG', 'living room wall'],
    ['IMG_2041 Kitchen.jpg', 'Kitchen'],
    ['kitchen2.png', 'kitchen'],
    ['kitchen (3).webp', 'kitchen'],
    ['kitchen - Copy.jpg', 'kitchen'],
    ['2nd floor bath.jpg', 'floor bath'],
    ["Grandma's bedroom.jpg", "Grandma's bedroom"],
    ['WhatsApp Image 2024-05-01 at 10.22.33 PM kitchen.jpeg', 'kitchen'],
    ['WhatsApp Image kitchen.jpeg', 'kitchen'],
    ['crack.at.window.jpg', 'crack at window'],
    ['fac\u0327ade.jpg'.normalize('NFD'), 'façade'],
    ['front_bumper.jpg', 'front bumper'],
  ])('takes the words of %s', (file, words) => {
    expect(wordsOfFileName(file)).toBe(words);
  });

  it.each([
    'IMG_2041.jpg',
    'IMG_E2041.HEIC.jpg',
    'IMG-20240501-WA0012.jpg',
    'DSC01234.JPG',
    'DSCN0001.jpg',
    'PXL_20240501_101112131.MP.jpg',
    'WhatsApp Image 2024-05-01 at 10.22.33.jpeg',
    'WhatsApp Image 2024-05-01 at 10.22.33 AM (2).jpeg',
    'P1010001.jpg',
    'kitchen/IMG_1.jpg',
    'kitchenware.jpg',
    'untitled.jpg',
    '12345.jpg',
    '.jpg',
    '___.jpg',
    '',
  ])('takes none of "%s"', (file) => {
    expect(wordsOfFileName(file)).toBeUndefined();
  });

  it('leaves out the words beyond the limit of a subject', () => {
    expect(wordsOfFileName(`kitchen ${'long '.repeat(30)}.jpg`)).toMatch(/^kitchen( long)+$/);
    expect(wordsOfFileName(`kitchen ${'x'.repeat(200)} wall.jpg`)).toBe('kitchen wall');
  });

  it('is always a subject that a job accepts, and that names a place', () => {
    const names = fc.array(fc.oneof(fc.string(), fc.constantFrom('kitchen', 'IMG', 'door', '_', '=', '7', 'é', '😀')));
    fc.assert(
      fc.property(names, (parts) => {
        const words = wordsOfFileName(`${parts.join('_')}.jpg`);
        if (words === undefined) return;
        expect(NewPhoto.shape.subject.parse(words)).toBe(words);
        expect(namesPlace(words)).toBe(true);
      }),
    );
  });
});
