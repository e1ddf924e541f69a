#!/bin/sh
# Starts MONAI Label on an app in a volume, so that models outlive the container.
set -eu
app=/var/lib/monai/app/$MONAI_APP
if [ -e /opt/app/main.py ]; then
  app=/opt/app
elif [ ! -e "$app/main.py" ]; then
  samples=$(python -c 'import sys; print(sys.prefix)')/monailabel/sample-apps
  if [ ! -d "$samples/$MONAI_APP" ]; then
    echo "MONAI_APP=$MONAI_APP is none of: $(ls "$samples" | tr '\n' ' ')" >&2
    exit 1
  fi
  cp -r "$samples/$MONAI_APP" "$app"
fi
exec python -m monailabel.main start_server --app "$app" --studies /var/lib/monai/studies \
  --host 0.0.0.0 --port 8000 --conf models "$MONAI_MODELS" --conf sam2 false
