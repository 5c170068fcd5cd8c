/** Messenger's own thumbs-up. */
export const THUMBS_UP_STICKER = '369239263222822';

/** A picture drawn here, for those who have none at hand: a lamp on a table. */
export function drawPhoto(): Promise<Blob> {
  return draw(960, 624, (context) => {
    fill(context, '#e9e2d6', [0, 0, 960, 624]);
    fill(context, '#8a6a4a', [0, 470, 960, 154]);
    fill(context, '#39414f', [462, 240, 36, 220]);
    fill(context, '#39414f', [390, 446, 180, 28]);
    context.fillStyle = '#f2b544';
    context.beginPath();
    context.moveTo(400, 90);
    context.lineTo(560, 90);
    context.lineTo(640, 260);
    context.lineTo(320, 260);
    context.fill();
  });
}

export function drawSticker(): Promise<Blob> {
  return draw(240, 240, (context) => {
    context.font = '200px sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText('👍', 120, 130);
  });
}

function fill(context: CanvasRenderingContext2D, colour: string, box: [number, number, number, number]): void {
  context.fillStyle = colour;
  context.fillRect(...box);
}

async function draw(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw.');
  paint(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn.'))), 'image/png');
  });
}
