import { describe, expect, it } from 'vitest';
import { editorIn, generatorIn } from '../../../functions/authenticity/program-names.ts';

describe('editorIn', () => {
  it.each([
    ['Adobe Photoshop Lightroom Classic 12.0 (Macintosh)', 'Adobe Lightroom'],
    ['Adobe Photoshop Lightroom 6.14', 'Adobe Lightroom'],
    ['Adobe Lightroom 7.1 (iOS)', 'Adobe Lightroom'],
    ['Adobe Photoshop 25.0 (Windows)', 'Adobe Photoshop'],
    ['Adobe Photoshop Elements 2024', 'Adobe Photoshop Elements'],
    ['Adobe Photoshop Camera Raw 15.1', 'Adobe Camera Raw'],
    ['Adobe Photoshop Express (Android)', 'Adobe Photoshop Express'],
    ['photoshop', 'Adobe Photoshop'],
    ['GIMP 2.10.34', 'GIMP'],
    ['Pixelmator Pro 3.5', 'Pixelmator Pro'],
    ['Luminar Neo', 'Luminar'],
    ['Capture One 23 Macintosh', 'Capture One'],
    ['paint.net 5.0', 'Paint.NET'],
  ])('names the editor of %s', (field, name) => {
    expect(editorIn(field)).toBe(name);
  });

  it.each(['18.4', 'Ver.1.00', 'paintings', 'HDR+ 1.0', 'Canvas'])('finds none in %s', (field) => {
    expect(editorIn(field)).toBeUndefined();
  });
});

describe('generatorIn', () => {
  it.each([
    ['Midjourney v7', 'Midjourney'],
    ['stable-diffusion xl', 'Stable Diffusion'],
    ['DALL·E 3', 'DALL-E'],
    ['Adobe Firefly', 'Adobe Firefly'],
    ['NovelAI', 'NovelAI'],
    ['FLUX.1', 'FLUX'],
  ])('names the generator of %s', (field, name) => {
    expect(generatorIn(field)).toBe(name);
  });

  it.each(['Foto dalle scale', 'Imagen 12', 'Ideogrammatic 2', 'Adobe Photoshop 25.0'])('finds none in %s', (field) => {
    expect(generatorIn(field)).toBeUndefined();
  });
});
