#!/usr/bin/env bash
# Make the sample movie that the demo seeds: "The Salt Meridian" (2025), a sun setting over a salt lake.
# Invented, made of formulas, the same bytes for the same ffmpeg. Needs ffmpeg and fonts-dejavu-core.
set -euo pipefail
cd "$(dirname "$0")/.."

target=resources/radarr_desktop_resources/media/sample.mkv
font=/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf
seconds=24
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/lines.srt" <<'SRT'
1
00:00:02,000 --> 00:00:05,500
They said the lake had no other shore.

2
00:00:07,000 --> 00:00:10,500
We walked until the salt
began to remember the sea.

3
00:00:13,000 --> 00:00:16,500
At noon there is no shadow to follow.

4
00:00:18,500 --> 00:00:22,000
So we followed the light instead.
SRT

# Drawn small (480 by 200, horizon at 120) and enlarged: soft colours, few bytes.
sun='exp(-hypot(X-170-6*T,(Y-62-2*T)*1.0)/9)'
glow='exp(-hypot(X-170-6*T,(Y-62-2*T)*1.4)/70)'
path='exp(-abs(X-170-6*T)/(14+(Y-120)*0.5))*(0.55+0.45*sin((Y-118)*(Y-118)/40-T*1.3))'
red="if(lt(Y,120),28+150*pow(Y/120,2)+200*$sun+80*$glow,70-0.55*(Y-120)+150*$path)"
green="if(lt(Y,120),40+70*pow(Y/120,2)+190*$sun+45*$glow,58-0.40*(Y-120)+92*$path)"
blue="if(lt(Y,120),84+30*Y/120+120*$sun+10*$glow,84-0.45*(Y-120)+40*$path)"
rgb="r='clip($red,0,255)':g='clip($green,0,255)':b='clip($blue,0,255)'"
# shellcheck disable=SC2016
fade='if(lt(t\,1)\,0\,if(lt(t\,3)\,(t-1)/2\,if(lt(t\,20)\,1\,if(lt(t\,22)\,(22-t)/2\,0))))'
title="drawtext=fontfile=$font:text='THE SALT MERIDIAN':fontcolor=white:fontsize=88:x=(w-tw)/2:y=h*0.20:alpha='$fade'"

tone() { printf '0.10*sin(2*PI*%s*t)*(0.6+0.4*sin(2*PI*t/%s))' "$1" "$2"; }
voices="$(tone 220 8)|$(tone 277.18 9)|$(tone 164.81 6)|$(tone 55 12)|$(tone 329.63 7)|$(tone 415.30 5)"

ffmpeg -hide_banner -loglevel error -y -bitexact \
    -f lavfi -i "color=black:size=480x200:rate=24:duration=$seconds,format=gbrp,geq=$rgb,scale=1920:800:flags=bicubic,$title" \
    -f lavfi -i "aevalsrc=exprs=$voices:channel_layout=5.1:sample_rate=48000:duration=$seconds" \
    -i "$work/lines.srt" \
    -map 0:v -map 1:a -map 2:s \
    -c:v libx264 -preset slow -tune animation -crf 30 -pix_fmt yuv420p -threads 1 \
    -c:a ac3 -b:a 96k -c:s srt \
    -metadata title="The Salt Meridian" -metadata date=2025 \
    -metadata:s:a:0 language=eng -metadata:s:a:0 title="Surround 5.1" \
    -metadata:s:s:0 language=eng -metadata:s:s:0 title="English" -disposition:s:0 0 \
    -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -flags:s +bitexact \
    "$work/sample.mkv"

mkdir -p "$(dirname "$target")"
mv "$work/sample.mkv" "$target"
echo "$target: $(stat -c %s "$target") bytes, sha256 $(sha256sum "$target" | cut -c1-16)"
